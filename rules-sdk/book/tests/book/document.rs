//! A page as a browser reads it: elements, ids, links, text, and what the standard calls an error.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A page, parsed.
#[derive(Debug, Default)]
pub struct Page {
    /// What a validator would complain about.
    pub errors: Vec<String>,
    /// All elements in document order: name and attributes.
    pub elements: Vec<(String, Vec<(String, String)>)>,
    /// The text of the body, white space folded.
    pub text: String,
}

impl Page {
    /// Parses a page.
    pub fn parse(html: &str) -> Self {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
        let errors = dom.errors.borrow().iter().map(ToString::to_string).collect();
        let mut page = Self { errors, ..Self::default() };
        let mut text = String::new();
        page.walk(&dom.document, false, &mut text);
        page.text = fold(&text);
        page
    }

    fn walk(&mut self, node: &Handle, in_body: bool, text: &mut String) {
        let mut in_body = in_body;
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                let attributes = attrs.borrow();
                let attributes =
                    attributes.iter().map(|a| (a.name.local.to_string(), a.value.to_string()));
                self.elements.push((name.local.to_string(), attributes.collect()));
                in_body |= &*name.local == "body";
            }
            NodeData::Text { contents } if in_body => text.push_str(&contents.borrow()),
            _ => {}
        }
        for child in node.children.borrow().iter() {
            self.walk(child, in_body, text);
        }
    }

    /// The values of an attribute, wherever it stands.
    pub fn values(&self, attribute: &str) -> Vec<&str> {
        self.elements
            .iter()
            .flat_map(|(_, attributes)| attributes)
            .filter(|(name, _)| name == attribute)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// How many elements of a name there are.
    pub fn count(&self, element: &str) -> usize {
        self.elements.iter().filter(|(name, _)| name == element).count()
    }
}

/// A text with single spaces.
pub fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
