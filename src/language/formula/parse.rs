//! From a text to a tree: not a table of priorities but one function for each step, from `or` down to a value.

use crate::{
    language::syntax::{Name, Path, Span, SyntaxError, SyntaxErrorKind, parse_clause, part::SourcePart},
    text::said,
};

use super::{
    lex::{self, Lexed, Token},
    tree::{Binary, Clause, Precedence, Prefix, Tree},
};

/// How deep a tree may be: far beyond use, far below the stack.
const DEEPEST: usize = 200;
/// Parentheses and calls go through all steps of the grammar, so each of them counts as so much.
const NESTED: usize = 5;

/// Whether a name is a field of the children that a path leads to, as far as that can be told.
pub type KnownChild<'k> = dyn Fn(&Path, &str) -> bool + 'k;

/// Reads a formula. `known` is asked where a filter of children could be text as well.
///
/// # Errors
/// What is wrong, and where.
pub fn parse(text: &str, known: &KnownChild<'_>) -> Result<Tree, SyntaxError> {
    let whole = SourcePart::whole(text);
    let mut parser = Parser { source: text, rest: whole, next: None, last: None, known, depth: 0 };
    parser.advance()?;
    let tree = parser.or()?;
    match parser.next.take() {
        None => Ok(tree),
        Some(lexed) => Err(parser.stray(&lexed)),
    }
}

struct Parser<'s, 'k> {
    source: &'s str,
    rest: SourcePart<'s>,
    /// The token that was looked at and not yet taken.
    next: Option<Lexed<'s>>,
    /// The part of the token that was taken last.
    last: Option<SourcePart<'s>>,
    known: &'k KnownChild<'k>,
    depth: usize,
}

type Read = Result<Tree, SyntaxError>;

impl<'s> Parser<'s, '_> {
    fn advance(&mut self) -> Result<Option<Lexed<'s>>, SyntaxError> {
        let next = lex::next(self.rest)?;
        if let Some(next) = &next {
            self.rest = next.rest;
        }
        let taken = std::mem::replace(&mut self.next, next);
        self.last = taken.as_ref().map(|taken| taken.part).or(self.last);
        Ok(taken)
    }

    fn take(&mut self, wanted: impl Fn(&Token) -> bool) -> Result<Option<Lexed<'s>>, SyntaxError> {
        if self.next.as_ref().is_some_and(|next| wanted(&next.token)) { self.advance() } else { Ok(None) }
    }

    fn binary(&mut self, precedence: Precedence) -> Result<Option<(Binary, Span)>, SyntaxError> {
        let taken = self.take(|token| matches!(token, Token::Binary(op) if op.precedence() == precedence))?;
        Ok(taken.and_then(|taken| match taken.token {
            Token::Binary(op) => Some((op, taken.part.span())),
            _ => None,
        }))
    }

    fn or(&mut self) -> Read {
        self.joined(Precedence::Or, Self::and)
    }

    fn and(&mut self) -> Read {
        self.joined(Precedence::And, Self::not)
    }

    fn not(&mut self) -> Read {
        match self.take(|token| *token == Token::Not)? {
            Some(not) => self.prefix(Prefix::Not, not.part, Self::not),
            None => self.comparison(),
        }
    }

    fn comparison(&mut self) -> Read {
        let left = self.sum()?;
        let Some((op, sign)) = self.binary(Precedence::Comparison)? else { return Ok(left) };
        let tree = Tree::Binary { op, sign, left: Box::new(left), right: Box::new(self.sum()?) };
        match self.binary(Precedence::Comparison)? {
            None => Ok(tree),
            Some((_, sign)) => {
                let message = said!("two comparisons cannot follow one another", "两个比较不能连写");
                let error = SyntaxError::new(SyntaxErrorKind::MissingOperand, self.source, sign, message);
                Err(error.hint(said!("join them with and: 1 < x and x < 5", "请用 and 连接：1 < x and x < 5")))
            }
        }
    }

    fn sum(&mut self) -> Read {
        self.joined(Precedence::Sum, Self::product)
    }

    fn product(&mut self) -> Read {
        self.joined(Precedence::Product, Self::minus)
    }

    fn minus(&mut self) -> Read {
        match self.take(|token| *token == Token::Binary(Binary::Subtract))? {
            Some(sign) => self.prefix(Prefix::Minus, sign.part, Self::minus),
            None => self.one(),
        }
    }

    /// Operands with signs of one precedence between them, which are worked out from the left.
    fn joined(&mut self, precedence: Precedence, operand: fn(&mut Self) -> Read) -> Read {
        let mut tree = operand(self)?;
        let depth = self.depth;
        while let Some((op, sign)) = self.binary(precedence)? {
            self.deeper(sign, 1)?;
            tree = Tree::Binary { op, sign, left: Box::new(tree), right: Box::new(operand(self)?) };
        }
        self.depth = depth;
        Ok(tree)
    }

    fn prefix(&mut self, op: Prefix, sign: SourcePart<'s>, operand: fn(&mut Self) -> Read) -> Read {
        self.deeper(sign.span(), 1)?;
        let of = Box::new(operand(self)?);
        self.depth -= 1;
        Ok(Tree::Prefix { op, sign: sign.span(), of })
    }

    fn deeper(&mut self, span: Span, by: usize) -> Result<(), SyntaxError> {
        self.depth += by;
        if self.depth <= DEEPEST {
            return Ok(());
        }
        let message = said!("this formula is too long", "公式太长");
        let error = SyntaxError::new(SyntaxErrorKind::TooDeep, self.source, span, message);
        Err(error.hint(said!("put a part of it into a field of its own", "请将其中一部分放进另一个字段")))
    }

    /// A value, a field, a call, or what parentheses hold.
    fn one(&mut self) -> Read {
        let is_value =
            |token: &Token| matches!(token, Token::Figure(_) | Token::Text(_) | Token::Path(_) | Token::Open);
        let Some(taken) = self.take(is_value)? else { return Err(self.missing()) };
        let span = taken.part.span();
        match taken.token {
            Token::Figure(text) => Ok(Tree::Figure { text, span }),
            Token::Text(text) => Ok(Tree::Text { text, span }),
            Token::Path(mut names) => {
                let is_call = self.next.as_ref().is_some_and(|next| next.token == Token::Open);
                match names.pop() {
                    Some(name) if is_call && names.is_empty() && lex::is_bare_name(&name.text) => self.call(name),
                    name => Ok(Tree::Path(Path(names.into_iter().chain(name).collect()))),
                }
            }
            _ => {
                self.deeper(span, NESTED)?;
                let tree = self.or()?;
                self.depth -= NESTED;
                match self.take(|token| *token == Token::Close)? {
                    Some(_) => Ok(tree),
                    None => Err(self.unclosed(taken.part)),
                }
            }
        }
    }

    /// The arguments of a function, and the filter of the children that they are about.
    fn call(&mut self, name: Name) -> Read {
        self.deeper(name.span, NESTED)?;
        let Some(open) = self.advance()? else { return Err(self.missing()) };
        let (mut args, mut clause) = (Vec::new(), None);
        let mut close = self.take(|token| *token == Token::Close)?;
        while close.is_none() {
            args.push(self.or()?);
            let next = self.next.as_ref().map(|next| (&next.token, next.part));
            match next {
                Some((Token::Where, _)) => {
                    clause = Some(self.clause(&args)?);
                    close = self.take(|token| *token == Token::Close)?;
                    if close.is_none() {
                        return Err(self.unclosed(open.part));
                    }
                }
                Some((Token::Close, _)) => close = self.advance()?,
                Some((Token::Comma, _)) => {
                    self.advance()?;
                }
                Some(_) => {
                    let Some(next) = self.next.take() else { return Err(self.missing()) };
                    return Err(self.stray(&next));
                }
                None => return Err(self.unclosed(open.part)),
            }
        }
        self.depth -= NESTED;
        let end = close.map_or(name.span.end, |close| close.part.span().end);
        Ok(Tree::Call { span: Span { start: name.span.start, end }, name, args, clause })
    }

    /// The filter behind `where`, to the parenthesis that closes the call.
    fn clause(&mut self, args: &[Tree]) -> Result<Clause, SyntaxError> {
        let Some(word) = self.next.take() else { return Err(self.missing()) };
        let known = |name: &str| match args {
            [Tree::Path(path)] => (self.known)(path, name),
            _ => false,
        };
        let (filter, part) = parse_clause(self.source, word.rest, &known)?;
        if part.text().trim().is_empty() {
            let message = said!("'{}' needs a filter after it", "“{}”之后须有筛选条件", word.part.text());
            let error = word.part.error(SyntaxErrorKind::MissingOperand, message);
            return Err(error.hint(said!(
                "write the tests of a list: count(deals where status:open)",
                "请写筛选条件，如“计数(商机 其中 状态:进行中)”"
            )));
        }
        self.rest = word.rest.skip(part.text().len());
        self.advance()?;
        Ok(Clause { filter, span: part.trim().span() })
    }

    fn missing(&self) -> SyntaxError {
        let hint = said!("write a field, a number, or a function of them", "请写字段、数字或函数");
        let error = |part: SourcePart<'_>, message| part.error(SyntaxErrorKind::MissingOperand, message);
        let error = match (&self.next, self.last) {
            (Some(Lexed { token: Token::Close, part, .. }), Some(last))
                if last.text() == "(" || last.text() == "（" =>
            {
                let both = Span { start: last.span().start, end: part.span().end };
                let message = said!("there is nothing between these parentheses", "括号中没有内容");
                SyntaxError::new(SyntaxErrorKind::MissingOperand, self.source, both, message)
            }
            (Some(Lexed { token: Token::Close, part, .. }), None) => self.closes_nothing(*part),
            (_, Some(last)) => error(last, said!("'{}' needs a value after it", "“{}”之后须有值", last.text())),
            (Some(next), None) => {
                error(next.part, said!("'{}' needs a value before it", "“{}”之前须有值", next.part.text()))
            }
            (None, None) => error(SourcePart::whole(self.source), said!("this formula is empty", "公式为空")),
        };
        error.hint(hint)
    }

    /// The error for what cannot follow what was read.
    fn stray(&self, next: &Lexed<'s>) -> SyntaxError {
        let text = next.part.text();
        match next.token {
            Token::Close => self.closes_nothing(next.part),
            Token::Comma => next
                .part
                .error(
                    SyntaxErrorKind::EmptyItem,
                    said!("a comma stands only between the arguments of a function", "逗号只能用在函数的参数之间"),
                )
                .hint(said!("write numbers without commas: 1200.50", "数字请不要加逗号：1200.50")),
            Token::Where => next
                .part
                .error(
                    SyntaxErrorKind::StrayOperator,
                    said!(
                        "'{text}' stands only in a function of other records",
                        "“{text}”只能用在汇总其他记录的函数中"
                    ),
                )
                .hint(said!("write count(deals where status:open)", "请写“计数(商机 其中 状态:进行中)”")),
            _ => {
                let message = said!("a sign is missing before '{text}'", "“{text}”之前缺少运算符");
                let error = next.part.error(SyntaxErrorKind::MissingOperand, message);
                error.hint(said!(
                    "write one of + - * / = between the two; a value with spaces goes in quotes: \"12万 CNY\"",
                    "请在两者之间写 + - * / = 之一；含空格的值请加引号：\"12万 CNY\""
                ))
            }
        }
    }

    fn closes_nothing(&self, part: SourcePart<'_>) -> SyntaxError {
        let message = said!("this parenthesis closes nothing", "此括号没有对应的左括号");
        part.error(SyntaxErrorKind::StrayParenthesis, message).hint(said!("leave it out", "请去掉它"))
    }

    fn unclosed(&self, open: SourcePart<'_>) -> SyntaxError {
        let message = said!("this parenthesis is not closed", "此括号没有闭合");
        open.error(SyntaxErrorKind::UnclosedParenthesis, message).hint(said!("close it with )", "请用 ) 闭合"))
    }
}
