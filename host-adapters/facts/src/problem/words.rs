//! The sentences about what is wrong with a table, and about how to fix it.

use kycuong_model::facts::{FACT_TABLES, Format};
use kycuong_model::text::Bilingual;

use super::{ProblemKind, letter_words, show, title};

impl ProblemKind {
    pub(super) fn message(&self) -> Bilingual {
        match self {
            Self::NotUtf8 => Bilingual::new(
                "Tệp không phải mã hóa UTF-8; nhiều khả năng là Windows-1258 hoặc TCVN3 (ABC), VNI.",
                "the file is not UTF-8; probably it is Windows-1258, TCVN3 (ABC) or VNI",
            ),
            Self::Utf16 => Bilingual::new("Tệp có mã hóa UTF-16.", "the file is UTF-16"),
            Self::Malformed(detail) => {
                let detail = show(detail);
                Bilingual::new(
                    format!("Tệp không đọc được ({detail})."),
                    format!("the file cannot be read ({detail})"),
                )
            }
            Self::OpenQuote => Bilingual::new(
                "Dấu ngoặc kép mở ở dòng này không đóng cho đến hết tệp.",
                "a quotation mark opens in this row and is not closed before the end of the file",
            ),
            Self::OtherFormat => Bilingual::new(
                "Không đọc được bảng tính ở định dạng này.",
                "spreadsheets of this format are not read",
            ),
            Self::UnknownTable { name, .. } => {
                let name = show(name);
                Bilingual::new(
                    format!("Không có bảng nào tên “{name}”."),
                    format!("there is no table `{name}`"),
                )
            }
            Self::SecondFile { table, first } => Bilingual::new(
                format!("Bảng {table} đã có ở {}.", first.text().vi),
                format!("the table `{table}` is in {} already", first.text().en),
            ),
            Self::NoColumns => Bilingual::new(
                "Không có dòng đầu ghi tên cột.",
                "there is no first line with the names of the columns",
            ),
            Self::BadColumnName(name) if name.is_empty() => {
                Bilingual::new("Cột không có tên.", "the column has no name")
            }
            Self::BadColumnName(name) => {
                let name = show(name);
                Bilingual::new(
                    format!("Tên cột “{name}” ghi hai lần."),
                    format!("the column name `{name}` is written twice"),
                )
            }
            Self::UnknownColumn { name, .. } => {
                let name = show(name);
                Bilingual::new(
                    format!("Bảng không có cột “{name}”."),
                    format!("the table has no column `{name}`"),
                )
            }
            Self::MissingColumn(column) => Bilingual::new(
                format!("Thiếu cột {} ({}).", column.name, title(column)),
                format!("the column `{}` is missing", column.name),
            ),
            Self::FieldCount { found, expected } => Bilingual::new(
                format!("Dòng có {found} ô, trong khi dòng tên cột có {expected}."),
                format!(
                    "the row has {found} fields, the line of the columns' names has {expected}"
                ),
            ),
            Self::NotRows => Bilingual::new(
                "Tệp JSON phải là danh sách các dòng, mỗi dòng là một đối tượng.",
                "a JSON file is a list of rows, each of them an object",
            ),
            Self::NotText => Bilingual::new(
                "Giá trị không phải là chuỗi; số tiền, số lượng cũng ghi ở dạng chuỗi.",
                "the value is no text; numbers are texts too",
            ),
            Self::Empty => Bilingual::new("Ô phải ghi mà để trống.", "the cell must be filled in"),
            Self::NotDate(text, _) => {
                let text = show(text);
                Bilingual::new(
                    format!("“{text}” không phải là ngày ở dạng YYYY-MM-DD."),
                    format!("`{text}` is no date written YYYY-MM-DD"),
                )
            }
            Self::NotMoney(text, _) => {
                let text = show(text);
                Bilingual::new(
                    format!(
                        "“{text}” không phải là số tiền bằng đồng: chỉ gồm từ 1 đến 18 chữ số."
                    ),
                    format!(
                        "`{text}` is no amount in đồng, which has 1 to 18 digits and nothing else"
                    ),
                )
            }
            Self::NotWord { text, .. } => {
                let text = show(text);
                Bilingual::new(
                    format!("“{text}” không nằm trong các giá trị cho phép."),
                    format!("`{text}` is none of the values allowed"),
                )
            }
            Self::NotFormat(text, format) => {
                let text = show(text);
                Bilingual::new(
                    format!("“{text}” không phải là {}.", format_title(*format).vi),
                    format!("`{text}` is not {}", format_title(*format).en),
                )
            }
            Self::TooLong { found, limit } => Bilingual::new(
                format!("Ô có {found} ký tự, tối đa {limit}."),
                format!("the cell has {found} characters, the most is {limit}"),
            ),
            Self::Blanks => Bilingual::new(
                "Đầu hoặc cuối nội dung có khoảng trắng.",
                "the text begins or ends with a blank",
            ),
            Self::Control => Bilingual::new(
                "Nội dung có ký tự điều khiển không hiển thị được.",
                "the text has a control character",
            ),
            Self::Decomposed => Bilingual::new(
                "Chữ tiếng Việt ở dạng tổ hợp rời (dấu tách khỏi chữ cái).",
                "Vietnamese letters are decomposed: their marks stand apart",
            ),
            Self::LookAlike => Bilingual::new(
                "Có chữ trông giống “Đ”, “đ” nhưng là chữ của ngôn ngữ khác (U+00D0, U+00F0, U+0189).",
                "a letter looks like “Đ” or “đ” but belongs to another language (U+00D0, U+00F0, U+0189)",
            ),
            Self::Inexact(text) => {
                let text = show(text);
                Bilingual::new(
                    format!("Ô kiểu số có giá trị {text}, không phải số nguyên chính xác."),
                    format!("the cell is a number, {text}, that is not whole and exact"),
                )
            }
            Self::UnexpectedDate(date) => {
                let date = show(date);
                Bilingual::new(
                    format!("Ô bị đổi thành ngày ({date}) trong khi cột không chứa ngày."),
                    format!("the cell is a date ({date}) in a column that holds none"),
                )
            }
            Self::TimeOfDay => Bilingual::new(
                "Ô có cả giờ, hoặc là khoảng thời gian, không phải một ngày.",
                "the cell holds a time of day or a duration, not a date",
            ),
            Self::Boolean(value) => {
                let value = if *value { "TRUE" } else { "FALSE" };
                Bilingual::new(
                    format!("Ô có kiểu lô-gic ({value})."),
                    format!("the cell is a boolean ({value})"),
                )
            }
            Self::FormulaError(code) => {
                let code = show(code);
                Bilingual::new(
                    format!("Công thức trong ô bị hỏng ({code})."),
                    format!("the cell's formula failed ({code})"),
                )
            }
            Self::Twice { columns, key, first } => {
                let (key, columns) = (show(key), columns.join(", "));
                Bilingual::new(
                    format!("Khóa “{key}” ({columns}) trùng với {}.", first.text().vi),
                    format!("the key `{key}` ({columns}) is that of {}", first.text().en),
                )
            }
            Self::Letter { text, letter, position, fault } => {
                letter_words::message(text, *letter, *position, *fault)
            }
            Self::CodeDigits { text, kind, digits } => {
                let (text, title) = (show(text), kind_title(kind));
                Bilingual::new(
                    format!("“{text}” không phải là mã {title}, gồm {digits} chữ số."),
                    format!("`{text}` is no code of a {kind}, which has {digits} digits"),
                )
            }
            Self::TooMuch(excess) => excess.message(),
            Self::NoValue => Bilingual::new(
                "Ô có công thức chưa được tính, nên không có giá trị.",
                "the cell has a formula that was never calculated, and so no value",
            ),
            Self::EndsBefore { from, to } => Bilingual::new(
                format!("Ngày kết thúc {to} trước ngày bắt đầu {from}."),
                format!("the end {to} is before the start {from}"),
            ),
        }
    }

    pub(super) fn remedy(&self) -> Bilingual {
        let near = |near: Option<&str>| {
            near.map(|near| {
                Bilingual::new(format!("Có phải là {near}?"), format!("did you mean `{near}`?"))
            })
        };
        match self {
            Self::NotUtf8 | Self::Utf16 => Bilingual::new(
                "Mở bằng Excel rồi lưu dạng “CSV UTF-8”, hoặc chuyển mã sang Unicode dựng sẵn (TCVN 6909:2001) và lưu UTF-8.",
                "save it as “CSV UTF-8”, or convert it to UTF-8",
            ),
            Self::Malformed(_) => Bilingual::new(
                "Mở tệp bằng chương trình đã tạo ra nó và lưu lại.",
                "open it with the program that made it and save it again",
            ),
            Self::OpenQuote => Bilingual::new(
                "Đóng dấu ngoặc kép; dấu ngoặc kép nằm trong nội dung thì ghi hai lần.",
                "close it; a quotation mark inside a text is written twice",
            ),
            Self::OtherFormat => Bilingual::new("Lưu lại ở dạng .xlsx.", "save it as .xlsx"),
            Self::UnknownTable { near: found, .. } => near(*found).unwrap_or_else(|| {
                let tables: Vec<_> = FACT_TABLES.iter().map(|table| table.name).collect();
                Bilingual::new(
                    format!("Đặt tên tệp hoặc trang theo tên bảng: {}.", tables.join(", ")),
                    format!("name the file or sheet after its table: {}", tables.join(", ")),
                )
            }),
            Self::SecondFile { .. } => Bilingual::new("Giữ lại một bảng.", "keep one of them"),
            Self::NoColumns => Bilingual::new(
                "Dùng mẫu do `kycuong facts template` tạo ra.",
                "use what `kycuong facts template` writes",
            ),
            Self::BadColumnName(name) if name.is_empty() => {
                Bilingual::new("Ghi tên cột, hoặc xóa cả cột.", "name it, or remove the column")
            }
            Self::BadColumnName(_) => Bilingual::new("Giữ lại một cột.", "keep one of them"),
            Self::UnknownColumn { near: found, columns, .. } => near(*found).unwrap_or_else(|| {
                Bilingual::new(
                    format!("Xóa cột; bảng có các cột {}.", columns.join(", ")),
                    format!("remove it; the columns are {}", columns.join(", ")),
                )
            }),
            Self::MissingColumn(_) => Bilingual::new(
                "Thêm cột; nếu không có số liệu thì để trống các ô.",
                "add it; its cells may stay empty where there is nothing to say",
            ),
            Self::FieldCount { .. } => Bilingual::new(
                "Ghi đủ số ô; nội dung có dấu phân cách thì đặt trong ngoặc kép.",
                "give it as many; a text that holds the separator stands in quotation marks",
            ),
            Self::NotRows => {
                Bilingual::new(r#"Ghi theo dạng [{"id": "…"}]."#, r#"write [{"id": "…"}]"#)
            }
            Self::NotText => {
                Bilingual::new("Đặt giá trị trong ngoặc kép.", "put it in quotation marks")
            }
            Self::Empty => {
                Bilingual::new("Ghi nội dung, hoặc xóa cả dòng.", "fill it in, or remove the row")
            }
            Self::NotDate(_, Some(date)) => {
                Bilingual::new(format!("Ghi {date}."), format!("write {date}"))
            }
            Self::NotDate(..) => Bilingual::new(
                "Ghi năm, tháng, ngày: 2026-07-01.",
                "write year, month and day: 2026-07-01",
            ),
            Self::NotMoney(_, Some(amount)) => {
                Bilingual::new(format!("Ghi {amount}."), format!("write {amount}"))
            }
            Self::NotMoney(..) => Bilingual::new(
                "Ghi số đồng nguyên viết liền nhau: 15800000.",
                "write whole đồng without separators: 15800000",
            ),
            Self::NotWord { words, near, .. } => match near {
                Some(near) => {
                    let others = words.iter().filter(|word| *word != near).copied();
                    let others = others.collect::<Vec<_>>().join(", ");
                    Bilingual::new(
                        format!("Ghi {near} (hoặc: {others})."),
                        format!("write `{near}` (or: {others})"),
                    )
                }
                None => Bilingual::new(
                    format!("Ghi một trong: {}.", words.join(", ")),
                    format!("write one of {}", words.join(", ")),
                ),
            },
            Self::NotFormat(_, Format::Digits { .. }) => Bilingual::new(
                "Ghi đủ chữ số; Excel bỏ số 0 ở đầu nếu ô không ở dạng văn bản (Text).",
                "write all digits; a spreadsheet drops leading zeros unless the cell is formatted as text",
            ),
            Self::NotFormat(_, format) => {
                let example = example(*format);
                Bilingual::new(format!("Ghi như: {example}."), format!("write it like {example}"))
            }
            Self::TooLong { .. } => Bilingual::new("Rút ngắn nội dung.", "shorten it"),
            Self::Blanks => Bilingual::new("Xóa khoảng trắng thừa.", "remove the blank"),
            Self::Control => Bilingual::new("Xóa rồi gõ lại nội dung ô.", "type the cell again"),
            Self::Decomposed => Bilingual::new(
                "Chuyển sang Unicode dựng sẵn (NFC, TCVN 6909:2001).",
                "convert it to composed Unicode (NFC, TCVN 6909:2001)",
            ),
            Self::LookAlike => Bilingual::new(
                "Thay bằng chữ “Đ” (U+0110) hoặc “đ” (U+0111) của tiếng Việt.",
                "use the Vietnamese letters “Đ” (U+0110) and “đ” (U+0111)",
            ),
            Self::Inexact(_) | Self::UnexpectedDate(_) => Bilingual::new(
                "Định dạng cột là văn bản (Text) rồi gõ lại giá trị.",
                "format the column as text and type the value again",
            ),
            Self::TimeOfDay => Bilingual::new("Chỉ ghi ngày.", "write the date only"),
            Self::Boolean(value) => {
                let word = if *value { "yes" } else { "no" };
                Bilingual::new(
                    format!("Ghi chữ {word} (định dạng ô là văn bản)."),
                    format!("write the word {word}, in a cell formatted as text"),
                )
            }
            Self::FormulaError(_) => Bilingual::new(
                "Sửa công thức, hoặc ghi giá trị thay cho công thức.",
                "fix it, or write the value itself",
            ),
            Self::Letter { fault, .. } => letter_words::remedy(*fault),
            Self::CodeDigits { digits, .. } => Bilingual::new(
                format!(
                    "Ghi đủ {digits} chữ số; Excel bỏ số 0 ở đầu nếu ô không ở dạng văn bản (Text)."
                ),
                format!(
                    "write all {digits} digits; a spreadsheet drops leading zeros unless the cell is formatted as text"
                ),
            ),
            Self::TooMuch(_) => Bilingual::new(
                "Bỏ những gì không thuộc bảng, hoặc chia thành nhiều lần nhập, mỗi lần vài bảng.",
                "leave out what does not belong to the tables, or import them in several runs",
            ),
            Self::NoValue => Bilingual::new(
                "Mở tệp bằng Excel, tính lại rồi lưu, hoặc ghi giá trị thay cho công thức.",
                "open the file in a spreadsheet, calculate and save it, or write the value itself",
            ),
            Self::Twice { .. } => Bilingual::new(
                "Xóa một dòng, hoặc sửa khóa.",
                "remove one of the rows, or correct its key",
            ),
            Self::EndsBefore { .. } => {
                Bilingual::new("Sửa một trong hai ngày.", "correct one of the two dates")
            }
        }
    }
}

/// What the kinds of the budget's codes are called.
fn kind_title(kind: &str) -> &'static str {
    match kind {
        "chapter" => "chương",
        "category" => "loại",
        "item" => "khoản",
        "section" => "mục",
        "subsection" => "tiểu mục",
        _ => "chương trình mục tiêu, dự án quốc gia",
    }
}

fn format_title(format: Format) -> Bilingual {
    match format {
        Format::Words(_) => Bilingual::new("giá trị cho phép", "one of the values allowed"),
        Format::Digits { min, max } if min == max => {
            Bilingual::new(format!("mã {min} chữ số"), format!("a code of {min} digits"))
        }
        Format::Digits { min, max } => Bilingual::new(
            format!("số từ {min} đến {max} chữ số"),
            format!("a number of {min} to {max} digits"),
        ),
        Format::Decimal => Bilingual::new(
            "số thập phân với dấu chấm, tối đa 6 chữ số mỗi bên",
            "a number with a decimal point and at most 6 digits on each side",
        ),
        Format::Kebab => Bilingual::new(
            "mã chữ thường không dấu nối bằng gạch ngang",
            "a code of a-z and 0-9 joined by hyphens",
        ),
        Format::Agency => Bilingual::new(
            "mã định danh của cơ quan (Quyết định 20/2020/QĐ-TTg)",
            "the identifier of an agency (QĐ 20/2020/QĐ-TTg)",
        ),
        Format::Scope => Bilingual::new(
            "phạm vi: VN, mã tỉnh hai chữ số, hoặc mã định danh của đơn vị",
            "a scope: VN, the two digits of a province, or the identifier of an agency",
        ),
    }
}

fn example(format: Format) -> &'static str {
    match format {
        Format::Words(_) | Format::Digits { .. } | Format::Decimal => "95.25",
        Format::Kebab => "quan-ly-van-ban",
        Format::Agency => "H21.05",
        Format::Scope => "VN, 52, H21.05",
    }
}
