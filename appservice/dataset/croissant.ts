import type { DatasetFigures } from "./card.ts";
import { SPLITS } from "./rows.ts";
import type { StagedFile } from "./staged-files.ts";

const COLUMNS = {
  file_name: ["sc:Text", "File of the sound, from the folder of the split"],
  id: ["sc:Text", "Id of the piece"],
  text: ["sc:Text", "Text with the corrections of people"],
  text_heard: ["sc:Text", "Text as the engine heard it"],
  language: ["sc:Text", "Language, ISO 639-1"],
  speaker: ["sc:Text", "Pseudonym of the speaker"],
  duration: ["sc:Float", "Seconds"],
  meeting: ["sc:Text", "Pseudonym of the meeting"],
  engine: ["sc:Text", "Engine that made the text"],
  model: ["sc:Text", "Its model"],
  corrections: ["sc:Integer", "Number of corrections"],
  verified: ["sc:Boolean", "Somebody looked at the text"],
} as const;

const CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  cr: "http://mlcommons.org/croissant/",
  rai: "http://mlcommons.org/croissant/RAI/",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  equivalentProperty: "cr:equivalentProperty",
  dct: "http://purl.org/dc/terms/",
  examples: { "@id": "cr:examples", "@type": "@json" },
  extract: "cr:extract",
  field: "cr:field",
  fileProperty: "cr:fileProperty",
  fileObject: "cr:fileObject",
  fileSet: "cr:fileSet",
  format: "cr:format",
  includes: "cr:includes",
  isLiveDataset: "cr:isLiveDataset",
  jsonPath: "cr:jsonPath",
  key: "cr:key",
  md5: "cr:md5",
  parentField: "cr:parentField",
  path: "cr:path",
  recordSet: "cr:recordSet",
  references: "cr:references",
  regex: "cr:regex",
  repeated: "cr:repeated",
  replace: "cr:replace",
  samplingRate: "cr:samplingRate",
  sc: "https://schema.org/",
  separator: "cr:separator",
  source: "cr:source",
  subField: "cr:subField",
  transform: "cr:transform",
};

/** Describes a set for machines: Croissant 1.0 of MLCommons, with what its vocabulary of responsible use asks. */
export function croissant(figures: DatasetFigures, staged: readonly StagedFile[]): string {
  const { version, purpose, at, rows } = figures;
  const splits = SPLITS.filter((split) => rows[split] > 0);
  const files = splits.flatMap((split) => {
    const path = `asr/${split}/metadata.jsonl`;
    const file = staged.find((each) => each.path === path);
    return file ? [{ split, path, file }] : [];
  });
  return `${JSON.stringify(
    {
      "@context": CONTEXT,
      "@type": "sc:Dataset",
      name: "mindminder-circles",
      description:
        "Speech of meetings with its text as heard and as corrected, and what people made of summaries and tasks.",
      conformsTo: ["http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"],
      version: `${version}.0.0`,
      datePublished: at,
      url: "https://mindminder.org/datasets",
      license: "https://mindminder.org/datasets#consent",
      citeAs: "Circles of a Mindminder server",
      "rai:dataCollection":
        "Sound of people who had the word in a meeting, each by their own microphone; written down by an engine for speech and corrected by the people of the meeting.",
      "rai:dataCollectionType": ["Direct Measurement", "Human-AI"],
      "rai:dataAnnotationProtocol":
        "People of the meeting correct texts and results at will; whoever corrected is counted, and their consent is asked as that of whoever spoke.",
      "rai:dataPreprocessingProtocol": [
        "Cut at pauses, 0.5 to 28 s.",
        "Known names, addresses, accounts, and numbers of phones and cards are replaced by stable pseudonyms in texts, not in the sound.",
      ],
      "rai:personalSensitiveInformation": ["Voices", "Spoken names in the sound", "Opinions of people"],
      "rai:dataBiases": [
        "Few people, who know each other, of one server; those who did not consent are missing; engines hear some voices worse than others.",
      ],
      "rai:dataLimitations": [
        "Texts that nobody looked at are as an engine heard them.",
        "Names that nobody knows of may be left.",
      ],
      "rai:dataUseCases": ["Training and testing of speech recognition and of summaries for meetings."],
      "rai:dataSocialImpact":
        purpose === "publish"
          ? "Everybody in it allowed publication. Withdrawals are in withdrawn.jsonl of later versions; take those pieces out of copies."
          : "It does not leave the server on which it was made.",
      "rai:dataReleaseMaintenancePlan":
        "Built anew when people allow more or take back what they allowed; each version lists what was taken out.",
      distribution: files.map(({ path, file }) => ({
        "@type": "cr:FileObject",
        "@id": path,
        name: path,
        contentUrl: path,
        encodingFormat: "application/jsonlines",
        sha256: file.sha256,
      })),
      recordSet: files.map(({ split, path }) => ({
        "@type": "cr:RecordSet",
        "@id": split,
        name: split,
        description: `Pieces of the split ${split}`,
        field: Object.entries(COLUMNS).map(([name, [dataType, description]]) => ({
          "@type": "cr:Field",
          "@id": `${split}/${name}`,
          name: `${split}/${name}`,
          description,
          dataType,
          source: { fileObject: { "@id": path }, extract: { column: name } },
        })),
      })),
    },
    null,
    2,
  )}\n`;
}
