//! `-o template=...`: one line for each record, in the words of whoever asks.

use minijinja::{Environment, ErrorKind, UndefinedBehavior, value::Serde};

use crate::{
    error::{Error, Result},
    text::{nearest, said, scrub_lines},
};

const NAME: &str = "template";

/// A template that compiles.
pub struct Template {
    environment: Environment<'static>,
    columns: Vec<String>,
}

impl Template {
    /// Compiles a template for rows with these columns.
    pub fn new(source: &str, columns: impl Iterator<Item = String>) -> Result<Self> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        environment.set_formatter(|out, state, value| {
            if value.is_none() { Ok(()) } else { minijinja::escape_formatter(out, state, value) }
        });
        let template = Self { environment: environment.clone(), columns: columns.collect() };
        environment.add_template_owned(NAME, source.to_owned()).map_err(|error| template.explain(&error, source))?;
        Ok(Self { environment, ..template })
    }

    /// The line for one row, given as a JSON object.
    pub fn line(&self, row: serde_json::Map<String, serde_json::Value>) -> Result<String> {
        let template = self.environment.get_template(NAME).map_err(|error| self.explain(&error, ""))?;
        let mut line = template.render(Serde(nested(row))).map_err(|error| self.explain(&error, template.source()))?;
        line = scrub_lines(&line).into_owned();
        line.push('\n');
        Ok(line)
    }

    fn explain(&self, error: &minijinja::Error, source: &str) -> Error {
        let what = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        let why = why_zh(error.kind());
        let mut message = said!("The template does not work: {what}", "模板无法使用：{why}");
        let place = error.range().filter(|range| range.end <= source.len() && source.is_char_boundary(range.start));
        let mut wrong = None;
        if let Some(range) = place {
            wrong = source.get(range.clone());
            let column = source.get(..range.start).map_or(0, |before| before.chars().count()) + 1;
            message = said!("The template does not work at column {column}: {what}", "模板在第 {column} 列有误：{why}");
            if !source.contains('\n') {
                let indent = source.get(..range.start).map_or(0, crate::text::width);
                let carets = wrong.map_or(1, crate::text::width).max(1);
                let below = format!("\n  {source}\n  {}{}", " ".repeat(indent), "^".repeat(carets));
                message = message.map(|message| format!("{message}{below}"));
            }
        }
        let (columns, zh) = (self.columns.join(", "), self.columns.join("、"));
        let near = wrong.and_then(|wrong| nearest(wrong, self.columns.iter().map(String::as_str)));
        Error::usage(message).hint(match near {
            Some(near) => {
                said!("did you mean {near}? The columns are {columns}", "是否指 {near}？可用的列有 {zh}")
            }
            None => said!(
                "the columns are {columns}; ask for others with --columns",
                "可用的列有 {zh}；其他列请用 --columns"
            ),
        })
    }
}

/// What is wrong with a template, in Chinese.
const fn why_zh(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::SyntaxError => "语法错误",
        ErrorKind::UnknownFilter => "没有此过滤器",
        ErrorKind::UnknownTest => "没有此判断",
        ErrorKind::UnknownFunction => "没有此函数",
        ErrorKind::UnknownMethod => "没有此方法",
        ErrorKind::UndefinedError => "没有此列或变量",
        ErrorKind::TooManyArguments => "参数过多",
        ErrorKind::MissingArgument => "缺少参数",
        ErrorKind::BadEscape => "转义字符有误",
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => "不能引用其他模板",
        ErrorKind::NonKey | ErrorKind::NonPrimitive | ErrorKind::CannotUnpack => "值的类型不符",
        _ => "此处的运算无效",
    }
}

/// `customer.city` is found under `customer`, where a template looks for it.
fn nested(row: serde_json::Map<String, serde_json::Value>) -> serde_json::Value {
    let (mut object, mut deep) = (serde_json::Map::new(), Vec::new());
    for (key, value) in row {
        match key.split_once('.') {
            Some((link, field)) => deep.push((link.to_owned(), field.to_owned(), value)),
            None => {
                object.insert(key, value);
            }
        }
    }
    for (link, field, value) in deep {
        let held = object.entry(link).or_insert(serde_json::Value::Null);
        if held.is_null() {
            *held = serde_json::Value::Object(serde_json::Map::new());
        }
        if let Some(held) = held.as_object_mut() {
            held.insert(field, value);
        }
    }
    serde_json::Value::Object(object)
}
