"""Loads a set in every form, by the programs that people have for it, and prints what each of them found."""

import csv
import io
import json
import sys
import types
from pathlib import Path

import datasets
import lhotse
import meeteval
import mlcroissant
import pyarrow.parquet as parquet
import soundfile

# `datasets` asks for an encoder of sound, which wants FFmpeg's libraries, even where files stay as they are: it is never called.
encoders = types.ModuleType("torchcodec.encoders")
encoders.AudioEncoder = None
sys.modules["torchcodec.encoders"] = encoders
root = Path(sys.argv[1])
splits = [split for split in ("train", "validation", "test") if (root / "asr" / split / "audio").exists()]
datasets.disable_progress_bars()
found = {}


def seconds_in(sound):
    info = soundfile.info(sound)
    assert info.samplerate == 16000 and info.channels == 1, info
    return info.frames / info.samplerate


def by_datasets(rows):
    rows = rows.cast_column("audio", datasets.Audio(decode=False))
    for row in rows:
        audio = row["audio"]
        sound = io.BytesIO(audio["bytes"]) if audio["bytes"] else audio["path"]
        assert abs(seconds_in(sound) - row["duration"]) < 1e-6
        yield row["text"], row["duration"]


def note(form, split, rows):
    found.setdefault(form, {})[split] = sorted([text, round(seconds, 3)] for text, seconds in rows)


folder = datasets.load_dataset("audiofolder", data_dir=str(root / "asr"))
card = datasets.load_dataset(str(root), "asr")
description = mlcroissant.Dataset(jsonld=str(root / "croissant.json"))
assert not description.metadata.issues.errors, description.metadata.issues.errors
for split in splits:
    note("audiofolder", split, by_datasets(folder[split]))
    note("card", split, by_datasets(card[split]))
    files = sorted(str(file) for file in (root / "asr-parquet" / split).glob("*.parquet"))
    plain = datasets.load_dataset("parquet", data_files={split: files})[split]
    assert isinstance(plain.features["audio"], datasets.Audio), plain.features
    note("parquet", split, by_datasets(plain))
    tables = [row for file in files for row in parquet.read_table(file).to_pylist()]
    note("pyarrow", split, ((row["text"], seconds_in(io.BytesIO(row["audio"]["bytes"]))) for row in tables))
    records = description.records(split)
    note(
        "croissant",
        split,
        ((row[f"{split}/text"].decode(), float(row[f"{split}/duration"])) for row in records),
    )

    manifest = root / "manifests/nemo" / f"{split}.jsonl"
    lines = [json.loads(line) for line in manifest.read_text().splitlines()]
    for line in lines:
        assert abs(seconds_in(manifest.parent / line["audio_filepath"]) - line["duration"]) < 1e-6
    note("nemo", split, ((line["text"], line["duration"]) for line in lines))

    place = str(root / "manifests/lhotse" / split)
    recordings = lhotse.RecordingSet.from_file(f"{place}-recordings.jsonl.gz").with_path_prefix(root)
    supervisions = lhotse.SupervisionSet.from_file(f"{place}-supervisions.jsonl.gz")
    lhotse.validate_recordings_and_supervisions(recordings, supervisions, read_data=True)
    cuts = lhotse.CutSet.from_manifests(recordings=recordings, supervisions=supervisions)
    note("lhotse", split, ((cut.supervisions[0].text, cut.load_audio().shape[1] / 16000) for cut in cuts))

    stm = meeteval.io.STM.load(root / "manifests/stm" / f"{split}.stm")
    note("stm", split, ((line.transcript, float(line.end_time - line.begin_time)) for line in stm))

    with open(root / "manifests/common-voice" / f"{'dev' if split == 'validation' else split}.tsv") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    note("common-voice", split, ((row["sentence"], seconds_in(root / row["path"])) for row in rows))

lessons = {}
for way in ("sft", "dpo", "kto"):
    if (root / "summaries" / f"{way}.jsonl").exists():
        lessons[way] = len(datasets.load_dataset("json", data_files=str(root / "summaries" / f"{way}.jsonl"))["train"])

print(json.dumps({"found": found, "lessons": lessons}, ensure_ascii=False))
