//! Calls of functions: how many arguments, of which types, of which records.

use rust_decimal::prelude::ToPrimitive;

use crate::{
    domain::words::number,
    error::{Error, Result},
    language::{
        measure::Measure,
        syntax::{Name, Span},
    },
    text::{Said, counted, said},
};

use super::{
    functions::{ArgType, Function, FunctionId, ResultType},
    names::{Item, Route, Scope},
    node::{Children, Node, NodeKind, Roll, RollOp, Typed},
    tree::{Clause, Prefix, Tree},
    types::Ty,
};

/// The most decimals to which a number is rounded, and the most noughts.
const MOST_DIGITS: i32 = 15;

impl Scope<'_> {
    pub(super) fn call(
        &self,
        name: &Name,
        args: &[Tree],
        clause: Option<&Clause>,
        span: Span,
        wants: &[Ty],
    ) -> Result<Typed> {
        let Some(function) = Function::named(&name.text) else { return Err(self.no_function(name)) };
        self.arity(function, name, args.len(), span)?;
        if function.takes_children()
            && let [Tree::Path(path)] = args
            && (function.is_of_children() || path.0.len() > 1)
        {
            match self.route(path)? {
                Route::Children(link, kind, item) => {
                    let filter = clause.map(|clause| self.clause(clause, kind)).transpose()?;
                    return self.roll(function, name, path.span(), Children { link, kind, filter }, item);
                }
                Route::Own(..) if !function.is_of_children() => {}
                Route::Own(..) => return Err(self.no_children(function, path.span())),
            }
        }
        if let Some(clause) = clause {
            let error = self.error(
                clause.span,
                said!("only what is worked out of other records has a filter", "只有汇总其他记录时才能写筛选条件"),
            );
            return Err(error.hint(said!("write if(condition, value) instead", "请改写为“如果(条件, 值)”")));
        }
        if function.is_of_children() {
            let place = args.first().map_or(span, Tree::span);
            return Err(self.no_children(function, place));
        }
        self.function(function, name, args, wants)
    }

    fn function(&self, function: &'static Function, name: &Name, args: &[Tree], wants: &[Ty]) -> Result<Typed> {
        let span = name.span;
        match function.id {
            FunctionId::If => {
                let (condition, rest) = args.split_first().ok_or_else(|| self.no_function(name))?;
                let condition = self.condition(condition)?;
                let (values, ty) = self.alike(name, rest, wants)?;
                let nodes = std::iter::once(condition.node).chain(values).collect();
                Ok(Typed::new(NodeKind::Call(FunctionId::If, nodes), span, ty))
            }
            FunctionId::Coalesce | FunctionId::Min | FunctionId::Max => {
                let (nodes, ty) = self.alike(name, args, wants)?;
                if function.id != FunctionId::Coalesce && !accepts(ArgType::Ordered, ty) {
                    return Err(self.wrong_type(function, 0, args.first().map_or(span, Tree::span), ty));
                }
                if function.id == FunctionId::Coalesce {
                    return Ok(Typed::new(NodeKind::Call(function.id, nodes), span, ty));
                }
                let nodes = nodes.into_iter().map(|node| Typed { node, ty }.one_amount().node).collect();
                let ty = if ty == Ty::Amounts { Ty::Money } else { ty };
                Ok(Typed::new(NodeKind::Call(function.id, nodes), span, ty).in_zone(ty == Ty::Due))
            }
            FunctionId::Round => {
                let value = self.argument(function, args, 0, wants)?;
                let digits = args.get(1).map_or(Ok(0), |digits| self.digits(digits))?;
                // Decimals of a percentage are those that are written.
                let digits = if value.ty == Ty::Percent { digits + 2 } else { digits };
                Ok(Typed::new(NodeKind::Round(Box::new(value.node), digits), span, value.ty))
            }
            FunctionId::Text => {
                let value = self.argument(function, args, 0, &[])?;
                Ok(Typed::new(NodeKind::AsText(Box::new(value.node), value.ty), span, Ty::Text))
            }
            id => {
                let values =
                    (0..args.len()).map(|at| self.argument(function, args, at, wants)).collect::<Result<Vec<_>>>()?;
                let first = values.first().map_or(Ty::Text, |value| value.ty);
                let ty = match function.gives {
                    ResultType::Same => first,
                    ResultType::Number => Ty::Number,
                    ResultType::Text => Ty::Text,
                    ResultType::YesNo => Ty::YesNo,
                    ResultType::Days if first == Ty::Duration => Ty::Number,
                    ResultType::Days => Ty::Duration,
                };
                Ok(Typed::new(NodeKind::Call(id, values.into_iter().map(|value| value.node).collect()), span, ty))
            }
        }
    }

    /// An argument of the type that its place asks for.
    fn argument(&self, function: &'static Function, args: &[Tree], at: usize, wants: &[Ty]) -> Result<Typed> {
        let (Some(tree), Some(arg)) = (args.get(at), function.arg(at)) else {
            return Err(self.error(Span::default(), said!("an argument is missing", "缺少参数")));
        };
        let wanted: &[Ty] = match arg.takes {
            ArgType::Text => &[Ty::Text],
            ArgType::YesNo => &[Ty::YesNo],
            ArgType::Length => &[Ty::Number, Ty::Duration],
            ArgType::Quantity if self.is_value(tree) => wants,
            _ => &[],
        };
        let typed = self.check(tree, wanted)?;
        let typed = if matches!(arg.takes, ArgType::Quantity | ArgType::Ordered) { typed.one_amount() } else { typed };
        if accepts(arg.takes, typed.ty) { Ok(typed) } else { Err(self.wrong_type(function, at, tree.span(), typed.ty)) }
    }

    /// Values of one type, of which those that are written out are told theirs by the others.
    fn alike(&self, name: &Name, trees: &[Tree], wants: &[Ty]) -> Result<(Vec<Node>, Ty)> {
        let mut joined: Option<Ty> = None;
        let mut found: Vec<Option<Typed>> = Vec::new();
        for tree in trees {
            let typed = if self.is_value(tree) { None } else { Some(self.check(tree, wants)?) };
            if let Some(typed) = &typed {
                joined = Some(match joined {
                    None => typed.ty,
                    Some(held) => {
                        held.joined(typed.ty).ok_or_else(|| self.not_alike(name, tree.span(), held, typed.ty))?
                    }
                });
            }
            found.push(typed);
        }
        for (tree, typed) in trees.iter().zip(&mut found).filter(|(_, typed)| typed.is_none()) {
            let told: Vec<Ty> = match joined {
                Some(Ty::Number) => vec![Ty::Number, Ty::Percent],
                Some(ty) => vec![ty],
                None => wants.to_vec(),
            };
            let read = self.check(tree, &told)?;
            joined = Some(match joined {
                None => read.ty,
                Some(held) => held.joined(read.ty).ok_or_else(|| self.not_alike(name, tree.span(), held, read.ty))?,
            });
            *typed = Some(read);
        }
        let ty = joined.unwrap_or(Ty::Text);
        Ok((found.into_iter().flatten().map(|typed| typed.node).collect(), ty))
    }

    /// The decimals to round to: a number that is written out, so that it is known before anything is worked out.
    fn digits(&self, tree: &Tree) -> Result<i32> {
        let (sign, figure) = match tree {
            Tree::Prefix { op: Prefix::Minus, of, .. } => (-1, &**of),
            tree => (1, tree),
        };
        let digits = match figure {
            Tree::Figure { text, .. } => number::parse_whole(text).ok().and_then(|digits| digits.to_i32()),
            _ => None,
        };
        digits.map(|digits| digits * sign).filter(|digits| digits.abs() <= MOST_DIGITS).ok_or_else(|| {
            let error = self.error(
                tree.span(),
                said!(
                    "the decimals are a number from -{MOST_DIGITS} to {MOST_DIGITS}",
                    "小数位数应为 -{MOST_DIGITS} 到 {MOST_DIGITS} 之间的数字"
                ),
            );
            error.hint(said!("write round(amount, 2)", "请写“四舍五入(金额, 2)”"))
        })
    }

    /// Something worked out of the records that point here.
    fn roll(
        &self,
        function: &'static Function,
        name: &Name,
        path: Span,
        children: Children,
        item: Option<Item>,
    ) -> Result<Typed> {
        let op = match function.id {
            FunctionId::Count => RollOp::Count,
            FunctionId::Avg => RollOp::Of(Measure::Avg),
            FunctionId::Min => RollOp::Of(Measure::Min),
            FunctionId::Max => RollOp::Of(Measure::Max),
            FunctionId::First => RollOp::First,
            FunctionId::Last => RollOp::Last,
            _ => RollOp::Of(Measure::Sum),
        };
        let (item, ty) = match (op, item) {
            (RollOp::Count, None) => (None, Ty::Number),
            (RollOp::Count, Some((_, Some(def), _))) => {
                let error = self.error(path, said!("count counts records", "“计数”统计的是记录数"));
                let (plural, zh) = (children.kind.plural, children.kind.zh);
                return Err(error.hint(said!(
                    ("write count({plural} where has:{})", def.code),
                    ("请写“计数({zh} 其中 has:{})”", def.zh)
                )));
            }
            (RollOp::Count, Some(_)) => (None, Ty::Number),
            (_, None) => {
                let (plural, zh, called) = (children.kind.plural, children.kind.zh, &name.text);
                let error = self.error(path, said!("say which field of the {plural}", "请写明是{zh}的哪个字段"));
                return Err(error.hint(said!("write {called}({plural}.FIELD)", "请写“{called}({zh}.字段)”")));
            }
            (_, Some((path_of, def, kind))) => {
                let ty = match def {
                    Some(def) => Ty::of(def, self.names),
                    None => Some(Ty::Link(kind.id)),
                };
                let fits = |ty: &Ty| match op {
                    RollOp::Of(Measure::Sum | Measure::Avg) => accepts(ArgType::Quantity, *ty),
                    RollOp::Of(_) => accepts(ArgType::Ordered, *ty),
                    _ => true,
                };
                let Some(ty) = ty.filter(fits) else { return Err(self.no_measure(name, path, ty)) };
                let by_currency = matches!(op, RollOp::Of(_)) && matches!(ty, Ty::Money | Ty::Amounts);
                (Some((path_of, def)), if by_currency { Ty::Amounts } else { ty })
            }
        };
        let in_zone = matches!(op, RollOp::Of(_)) && ty == Ty::Due;
        Ok(Typed::new(NodeKind::Roll(Box::new(Roll { op, children, item })), name.span, ty).in_zone(in_zone))
    }

    fn arity(&self, function: &'static Function, name: &Name, given: usize, span: Span) -> Result<()> {
        let (fewest, most) = function.arity();
        let message = if given < fewest {
            match function.arg(given) {
                Some(arg) => said!(
                    ("'{}' needs one more argument: {}", name.text, arg.en),
                    ("“{}”还缺少参数：{}", name.text, arg.zh)
                ),
                None => return Ok(()),
            }
        } else if let Some(most) = most.filter(|most| given > *most) {
            said!(
                ("'{}' takes {} and not {given}", name.text, counted(most as u64, "argument")),
                ("“{}”最多 {most} 个参数，而不是 {given} 个", name.text)
            )
        } else {
            return Ok(());
        };
        let (en, zh) = function.usage();
        Err(self.error(span, message).hint(said!("write {en}", "请写“{zh}”")))
    }

    fn wrong_type(&self, function: &'static Function, at: usize, span: Span, ty: Ty) -> Error {
        let name = ty.name();
        let (en, zh) = name.both();
        let error = self
            .error(span, said!(("'{}' cannot take {en}", function.name), ("“{}”的参数不能是{zh}", function.zh_name)));
        let wanted = match function.arg(at).map(|arg| arg.takes) {
            Some(ArgType::Text) => said!("text(...) makes text of it", "用“文字(…)”可转为文字"),
            Some(ArgType::Length) => said!("it takes a length of time or a number of days", "参数应为时长或天数"),
            Some(ArgType::Ordered) => said!(
                "it takes numbers, amounts, days, lengths of time or text",
                "参数应为数字、金额、日期、时长或文字"
            ),
            _ => {
                said!("it takes numbers, percentages, amounts and lengths of time", "参数应为数字、百分比、金额或时长")
            }
        };
        error.hint(wanted)
    }

    fn not_alike(&self, name: &Name, span: Span, held: Ty, ty: Ty) -> Error {
        let (held, ty) = (held.name(), ty.name());
        let ((held_en, held_zh), (en, zh)) = (held.both(), ty.both());
        let error = self
            .error(span, said!("this is {en}, and what stands before it {held_en}", "这是{zh}，而前面的是{held_zh}"));
        let name = &name.text;
        error.hint(said!("the values of {name} are of one type", "“{name}”的各个值须为同一类型"))
    }

    fn no_measure(&self, name: &Name, span: Span, ty: Option<Ty>) -> Error {
        let ty = ty.map_or_else(|| said!("a list", "列表"), Ty::name);
        let (en, zh) = ty.both();
        let name = &name.text;
        let error = self.error(span, said!("{name} cannot be worked out of {en}", "无法对{zh}计算“{name}”"));
        error.hint(said!(
            "name a field of numbers, amounts or lengths of time; count(...) counts records",
            "请使用数字、金额或时长字段；count(…) 可统计记录数"
        ))
    }

    fn no_children(&self, function: &'static Function, span: Span) -> Error {
        let name = function.name;
        let error = self.error(
            span,
            said!(
                "{name} is about records that point here, and this is none of them",
                "“{name}”用于指向此记录的其他记录，而这里不是"
            ),
        );
        let children = self.names.child_names(self.kind);
        match children.as_slice() {
            [] => error.hint(said!("no records point to this kind", "没有其他记录指向这一类")),
            children => error.hint(Said::new(
                format!("those are: {}", children.join(", ")),
                format!("可用的有：{}", children.join("、")),
            )),
        }
    }

    fn no_function(&self, name: &Name) -> Error {
        let error = self.error(name.span, said!("there is no function '{}'", "没有函数“{}”", name.text));
        match Function::near(&name.text) {
            Some(near) => error.hint(Said::did_you_mean_name(near)),
            None => error.hint(said!(
                "round, if, sum and count are some; a * stands between what is multiplied",
                "函数有“四舍五入、如果、合计、计数”等；相乘请写 *"
            )),
        }
    }
}

/// Whether an argument may be of a type.
fn accepts(takes: ArgType, ty: Ty) -> bool {
    match takes {
        ArgType::Any => true,
        ArgType::YesNo => ty == Ty::YesNo,
        ArgType::Quantity => matches!(ty, Ty::Number | Ty::Percent | Ty::Money | Ty::Amounts | Ty::Duration),
        ArgType::Ordered => !matches!(ty, Ty::YesNo | Ty::Link(_)),
        ArgType::Digits => ty == Ty::Number,
        ArgType::Length => matches!(ty, Ty::Duration | Ty::Number),
        ArgType::Text => ty == Ty::Text,
        ArgType::Children | ArgType::ChildField => false,
    }
}
