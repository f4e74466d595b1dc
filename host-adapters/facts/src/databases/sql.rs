//! The statements, the same for both databases where they can be.

use kycuong_engine::facts::ROWS_MAX;
use kycuong_model::facts::TableDescription;

/// A name of the model, quote: `from` and `to` are words of SQL.
pub(super) fn quote(name: &str) -> String {
    format!("\"{name}\"")
}

/// The statements that make a table and its indices where they are not there yet: every column a text,
/// the key that of the model, an index for each other column by which rules select rows.
pub fn create_statements(table: &TableDescription) -> Vec<String> {
    let names =
        |columns: &[&str]| columns.iter().map(|name| quote(name)).collect::<Vec<_>>().join(", ");
    let columns: Vec<String> = table.column_names().map(column).collect();
    let mut statements = vec![format!(
        "CREATE TABLE IF NOT EXISTS {} (\n    {},\n    PRIMARY KEY ({})\n)",
        quote(table.name),
        columns.join(",\n    "),
        names(table.key)
    )];
    statements.extend(table.selectors.iter().map(|selector| {
        let index = quote(&format!("{}_{selector}", table.name));
        format!("CREATE INDEX IF NOT EXISTS {index} ON {} ({})", quote(table.name), quote(selector))
    }));
    statements
}

/// A column of an importer's table. An empty text is a cell that is not there, so that the columns of a
/// key need not be filled in.
pub(super) fn column(name: &str) -> String {
    format!("{} TEXT NOT NULL DEFAULT ''", quote(name))
}

/// The statement that selects rows, every column as a text whatever it is in a table of the province's
/// own making, and a null as an empty one; never more than are looked at.
pub(super) fn select(table: &str, columns: &[&str], condition: Option<&str>) -> String {
    let columns: Vec<String> =
        columns.iter().map(|name| format!("COALESCE(CAST({} AS TEXT), '')", quote(name))).collect();
    let condition = condition.map_or(String::new(), |condition| format!(" WHERE {condition}"));
    // One row more than a check can hold tells that there are too many.
    let limit = ROWS_MAX + 1;
    format!("SELECT {} FROM {}{condition} LIMIT {limit}", columns.join(", "), quote(table))
}
