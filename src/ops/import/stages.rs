//! The stages that texts of a file name, each in the pipeline of its deal.

use std::collections::HashMap;

use crate::{
    domain::{RecordId, pipeline, stage},
    error::Result,
    store::Reader,
    text::{Lang, Said, likely, said},
};

use super::{links::Meaning, options::LinkMissing};

/// What the names of stages mean in each pipeline.
pub(super) struct Stages<'a> {
    reader: Reader<'a>,
    missing: LinkMissing,
    default: Option<u64>,
    pipelines: HashMap<u64, Vec<(u64, String)>>,
    known: HashMap<(u64, u32), Meaning>,
}

impl<'a> Stages<'a> {
    /// The stages of a store.
    pub fn new(reader: Reader<'a>, missing: LinkMissing) -> Result<Self> {
        let default = pipeline::default_pipeline(&reader)?;
        Ok(Self { reader, missing, default, pipelines: HashMap::new(), known: HashMap::new() })
    }

    /// What a text means in a pipeline, or in the default one.
    pub fn meaning(&mut self, pipeline: Option<u64>, number: u32, text: &str) -> Result<Meaning> {
        let Some(pipeline) = pipeline.or(self.default) else {
            return Ok(Meaning::Wrong(
                said!("there is no pipeline whose stage it could be", "没有可含该阶段的销售流程").into(),
            ));
        };
        if let Some(known) = self.known.get(&(pipeline, number)) {
            return Ok(known.clone());
        }
        let stages = match self.pipelines.get(&pipeline) {
            Some(stages) => stages,
            None => {
                let found = stage::stages_of(pipeline, &self.reader)?.into_iter();
                let found = found.map(|(num, record)| (num, record.get(stage::NAME).unwrap_or_default().to_owned()));
                self.pipelines.entry(pipeline).or_insert(found.collect())
            }
        };
        let by_id = RecordId::parse(text, None).filter(|id| id.kind == stage::ID);
        let found = stages
            .iter()
            .find(|(num, _)| by_id.is_some_and(|id| id.num == *num))
            .or_else(|| stages.iter().find(|(_, name)| stage::is_called(name, text)));
        let meaning = match found {
            Some((num, _)) => Meaning::Stored(*num),
            None if self.missing == LinkMissing::Blank => Meaning::Nothing,
            None => Meaning::Wrong(no_stage(stages, text).into()),
        };
        self.known.insert((pipeline, number), meaning.clone());
        Ok(meaning)
    }
}

/// That no stage of a pipeline is called so, and which one may be meant.
fn no_stage(stages: &[(u64, String)], text: &str) -> Said {
    let names = |lang| stages.iter().map(move |(num, name)| (*num, stage::display_name(name, lang)));
    let near = likely(text, names(Lang::En).chain(names(Lang::Zh)));
    let meant = |lang| names(lang).find(|(num, _)| Some(*num) == near).map_or("?", |(_, name)| name);
    let list = |lang: Lang| names(lang).map(|(_, name)| name).collect::<Vec<_>>().join(lang.pick(", ", "、"));
    said!(
        (
            "the pipeline has no stage '{text}', only {} (say what it means: --map-value 'stage:{text}={}')",
            list(Lang::En),
            meant(Lang::En)
        ),
        (
            "该销售流程没有阶段“{text}”，只有 {}（请指明含义：--map-value '销售阶段:{text}={}'）",
            list(Lang::Zh),
            meant(Lang::Zh)
        )
    )
}
