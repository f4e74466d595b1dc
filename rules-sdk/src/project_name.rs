//! What a message calls a project of a portfolio.

use kycuong_model::portfolio::Project;

/// What an official looks for in the portfolio: the project's title, else its id, else its number from 1.
///
/// `position` is the project's place in the list, from 0. White space around a title or an id is left out.
pub fn project_name(project: &Project<'_>, position: usize) -> String {
    [&project.title, &project.id]
        .into_iter()
        .find(|name| name.is_filled())
        .map_or_else(|| (position + 1).to_string(), |name| name.text().trim().to_owned())
}

#[cfg(test)]
mod tests {
    use kycuong_model::portfolio::Portfolio;
    use kycuong_model::tape::{ParseLimits, parse};
    use kycuong_model::view::View;

    use super::project_name;

    #[test]
    fn the_title_goes_before_the_id_and_the_id_before_the_number() {
        let text = r#"{"projects":[
            {"id":"p1","title":" Kho dữ liệu "},
            {"id":" p2 ","title":" "},
            {"id":""}
        ]}"#;
        let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
        let portfolio = Portfolio::of(tape.document());
        let names: Vec<_> = portfolio
            .projects
            .iter()
            .enumerate()
            .map(|(position, project)| project_name(project, position))
            .collect();
        assert_eq!(names, ["Kho dữ liệu", "p2", "3"]);
    }
}
