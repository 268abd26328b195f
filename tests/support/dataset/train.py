"""Trains a small Whisper of random weights for some steps on a set, and prints its loss after each."""

import io
import json
import sys
from pathlib import Path

import datasets
import soundfile
import torch
from transformers import WhisperConfig, WhisperFeatureExtractor, WhisperForConditionalGeneration

root, steps = Path(sys.argv[1]), int(sys.argv[2])
torch.manual_seed(7)
torch.set_num_threads(2)
datasets.disable_progress_bars()
rows = datasets.load_dataset(str(root), "asr", split="train").cast_column("audio", datasets.Audio(decode=False))
rows = rows.select(range(min(8, len(rows))))
letters = sorted({letter for text in rows["text"] for letter in text})
begin, end, known = 0, 1, {letter: place + 2 for place, letter in enumerate(letters)}
extract = WhisperFeatureExtractor()
sounds = [soundfile.read(io.BytesIO(row["audio"]["bytes"]), dtype="float32")[0] for row in rows]
features = extract(sounds, sampling_rate=16000, return_tensors="pt").input_features
texts = [[known[letter] for letter in text][:400] + [end] for text in rows["text"]]
longest = max(len(text) for text in texts)
labels = torch.tensor([text + [-100] * (longest - len(text)) for text in texts])
model = WhisperForConditionalGeneration(
    WhisperConfig(
        vocab_size=len(letters) + 2,
        d_model=64,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=128,
        decoder_ffn_dim=128,
        pad_token_id=end,
        bos_token_id=begin,
        eos_token_id=end,
        decoder_start_token_id=begin,
        suppress_tokens=None,
        begin_suppress_tokens=None,
    )
)
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
losses = []
for _ in range(steps):
    loss = model(input_features=features, labels=labels).loss
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    losses.append(float(loss))
print(json.dumps({"losses": losses}))
