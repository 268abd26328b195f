"""Converts Whisper weights from CTranslate2's form to the ONNX form that sherpa-onnx runs.

    python convert_whisper.py SOURCE TARGET

SOURCE holds model.bin, config.json and tokenizer.json; TARGET receives encoder.onnx, encoder.int8.onnx,
decoder.int8.onnx and tokens.txt. Needs numpy, onnx and onnxruntime (with sympy, for quantising).

The graphs are Whisper's own (https://arxiv.org/abs/2212.04356, section 2.2), cut where sherpa-onnx wants them cut: the
encoder also computes the keys and values of the decoder's cross-attention, once for each recording; the decoder is given
the keys and values of the tokens so far and gives them back with the new ones added.
"""

import base64
import json
import os
import struct
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64
HEAD_SIZE = 64  # in every size of Whisper
AUDIO_POSITIONS = 1500  # thirty seconds


# ---- reading -------------------------------------------------------------------------------------------------------


def read_weights(path):
    """All tensors of a CTranslate2 model file, by name, as float32."""
    types = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
    with open(path, "rb") as file:
        data = file.read()
    position = 0

    def number(kind):
        nonlocal position
        (value,) = struct.unpack_from("<" + kind, data, position)
        position += struct.calcsize("<" + kind)
        return value

    def text():
        nonlocal position
        length = number("H")
        value = data[position : position + length].rstrip(b"\0").decode()
        position += length
        return value

    if number("I") < 4:
        raise SystemExit(f"{path}: the format is older than this script knows")
    text()  # the name of the specification
    number("I")  # its revision
    weights = {}
    for _ in range(number("I")):
        name = text()
        shape = [number("I") for _ in range(number("B"))]
        kind = np.dtype(types[number("B")])
        size = number("I")
        values = np.frombuffer(data, kind, size // kind.itemsize, position)
        weights[name] = values.reshape(shape).astype(np.float32)
        position += size
    return weights


class Whisper:
    """The weights with the sizes that follow from them."""

    def __init__(self, folder):
        self.weights = read_weights(os.path.join(folder, "model.bin"))
        self.width, self.mel_bands = self["encoder/conv1/weight"].shape[:2]
        self.heads = self.width // HEAD_SIZE
        self.vocabulary_size = self["decoder/embeddings/weight"].shape[0]
        self.text_positions = self["decoder/position_encodings/encodings"].shape[0]
        self.layers = len({name.split("/")[1] for name in self.weights if name.startswith("encoder/layer_") and "/ffn/" in name})

    def __getitem__(self, name):
        return self.weights[name]


# ---- drawing graphs ------------------------------------------------------------------------------------------------


class Graph:
    """An ONNX graph under construction: each method adds nodes and gives the name of their result."""

    def __init__(self, whisper):
        self.whisper = whisper
        self.nodes = []
        self.constants = {}

    def op(self, kind, *inputs, out=None, **attributes):
        out = out or f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], **attributes))
        return out

    def constant(self, name, values):
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(values).reshape(np.shape(values)), name)
        return name

    def number(self, value):
        return self.constant(f"number_{value}", np.array(value, np.float32))

    def integer(self, value):
        return self.constant(f"integer_{value}", np.array(value, np.int64))

    def integers(self, *values):
        return self.constant("integers_" + "_".join(map(str, values)), np.array(values, np.int64))

    def linear(self, x, name, part=slice(None)):
        """A dense layer, or those of its rows that hold one of several projections stored as one."""
        label = f"{name}[{part.start or 0}]"
        y = self.op("MatMul", x, self.constant(f"{label}.weight", self.whisper[f"{name}/weight"][part].T))
        bias = self.whisper.weights.get(f"{name}/bias")
        return y if bias is None else self.op("Add", y, self.constant(f"{label}.bias", bias[part]))

    def projections(self, x, name, count):
        width = self.whisper.width
        return [self.linear(x, name, slice(i * width, (i + 1) * width)) for i in range(count)]

    def layer_norm(self, x, name):
        gamma = self.constant(f"{name}.gamma", self.whisper[f"{name}/gamma"])
        beta = self.constant(f"{name}.beta", self.whisper[f"{name}/beta"])
        return self.op("LayerNormalization", x, gamma, beta, axis=-1, epsilon=1e-5)

    def gelu(self, x):
        erf = self.op("Erf", self.op("Div", x, self.number(2**0.5)))
        return self.op("Mul", self.op("Mul", x, self.op("Add", erf, self.number(1.0))), self.number(0.5))

    def by_heads(self, x, order):
        return self.op("Transpose", self.op("Reshape", x, self.integers(0, 0, self.whisper.heads, HEAD_SIZE)), perm=order)

    def attention(self, query, key, value, mask=None):
        query = self.op("Mul", self.by_heads(query, [0, 2, 1, 3]), self.number(HEAD_SIZE**-0.5))
        scores = self.op("MatMul", query, self.by_heads(key, [0, 2, 3, 1]))
        if mask:
            scores = self.op("Add", scores, mask)
        mixed = self.op("MatMul", self.op("Softmax", scores, axis=-1), self.by_heads(value, [0, 2, 1, 3]))
        return self.op("Reshape", self.op("Transpose", mixed, perm=[0, 2, 1, 3]), self.integers(0, 0, self.whisper.width))

    def feed_forward(self, x, layer):
        hidden = self.layer_norm(x, f"{layer}/ffn/layer_norm")
        hidden = self.gelu(self.linear(hidden, f"{layer}/ffn/linear_0"))
        return self.op("Add", x, self.linear(hidden, f"{layer}/ffn/linear_1"))

    def length(self, x):
        """The length of x along its second dimension, as a vector of one."""
        return self.op("Gather", self.op("Shape", x), self.integers(1))

    def save(self, path, inputs, outputs, metadata=None):
        def described(values):
            return [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in values.items()]

        graph = helper.make_graph(self.nodes, "whisper", described(inputs), described(outputs), list(self.constants.values()))
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        helper.set_model_props(model, {key: str(value) for key, value in (metadata or {}).items()})
        onnx.save(model, path)


def write_encoder(whisper, metadata, path):
    g = Graph(whisper)
    x = "mel"
    for name, stride in (("encoder/conv1", 1), ("encoder/conv2", 2)):
        weight = g.constant(f"{name}.weight", whisper[f"{name}/weight"])
        bias = g.constant(f"{name}.bias", whisper[f"{name}/bias"].ravel())
        x = g.gelu(g.op("Conv", x, weight, bias, kernel_shape=[3], pads=[1, 1], strides=[stride]))
    x = g.op("Transpose", x, perm=[0, 2, 1])
    # Recordings shorter than thirty seconds use only the first positions.
    positions = g.constant("positions", whisper["encoder/position_encodings/encodings"])
    x = g.op("Add", x, g.op("Slice", positions, g.integers(0), g.length(x), g.integers(0)))

    for i in range(whisper.layers):
        layer = f"encoder/layer_{i}"
        normed = g.layer_norm(x, f"{layer}/self_attention/layer_norm")
        query, key, value = g.projections(normed, f"{layer}/self_attention/linear_0", 3)
        x = g.op("Add", x, g.linear(g.attention(query, key, value), f"{layer}/self_attention/linear_1"))
        x = g.feed_forward(x, layer)
    x = g.layer_norm(x, "encoder/layer_norm")

    keys, values = [], []
    for i in range(whisper.layers):
        key, value = g.projections(x, f"decoder/layer_{i}/attention/linear_1", 2)
        keys.append(g.op("Unsqueeze", key, g.integers(0)))
        values.append(g.op("Unsqueeze", value, g.integers(0)))
    g.op("Concat", *keys, out="n_layer_cross_k", axis=0)
    g.op("Concat", *values, out="n_layer_cross_v", axis=0)

    cross = (FLOAT, [whisper.layers, "n_audio", "positions", whisper.width])
    g.save(
        path,
        inputs={"mel": (FLOAT, ["n_audio", whisper.mel_bands, "frames"])},
        outputs={"n_layer_cross_k": cross, "n_layer_cross_v": cross},
        metadata=metadata,
    )


def write_decoder(whisper, path):
    g = Graph(whisper)
    count = g.length("tokens")
    end = g.op("Add", "offset", count)

    # Half precision halves the largest table of the model; each row is widened when it is used.
    embeddings = g.constant("embeddings", whisper["decoder/embeddings/weight"].astype(np.float16))
    x = g.op("Cast", g.op("Gather", embeddings, "tokens"), to=FLOAT)
    positions = g.constant("positions", whisper["decoder/position_encodings/encodings"])
    x = g.op("Add", x, g.op("Slice", positions, "offset", end, g.integers(0)))

    # A token sees itself and those before it: column <= offset + row.
    rows = g.op("Add", g.op("Range", g.integer(0), g.op("Squeeze", count), g.integer(1)), "offset")
    columns = g.op("Range", g.integer(0), g.op("Squeeze", end), g.integer(1))
    later = g.op("Greater", columns, g.op("Unsqueeze", rows, g.integers(1)))
    mask = g.op("Where", later, g.number(-1e9), g.number(0.0))

    caches = {"k": [], "v": []}
    for i in range(whisper.layers):
        layer = f"decoder/layer_{i}"
        normed = g.layer_norm(x, f"{layer}/self_attention/layer_norm")
        query, key, value = g.projections(normed, f"{layer}/self_attention/linear_0", 3)
        so_far = {}
        for name, new in (("k", key), ("v", value)):
            cache = g.op("Gather", f"in_n_layer_self_{name}_cache", g.integer(i), axis=0)
            past = g.op("Slice", cache, g.integers(0), "offset", g.integers(1))
            rest = g.op("Slice", cache, end, g.integers(whisper.text_positions), g.integers(1))
            so_far[name] = g.op("Concat", past, new, axis=1)
            caches[name].append(g.op("Unsqueeze", g.op("Concat", so_far[name], rest, axis=1), g.integers(0)))
        attended = g.attention(query, so_far["k"], so_far["v"], mask)
        x = g.op("Add", x, g.linear(attended, f"{layer}/self_attention/linear_1"))

        normed = g.layer_norm(x, f"{layer}/attention/layer_norm")
        query = g.linear(normed, f"{layer}/attention/linear_0")
        key, value = (g.op("Gather", f"n_layer_cross_{name}", g.integer(i), axis=0) for name in "kv")
        x = g.op("Add", x, g.linear(g.attention(query, key, value), f"{layer}/attention/linear_2"))
        x = g.feed_forward(x, layer)
    x = g.layer_norm(x, "decoder/layer_norm")
    g.op("MatMul", x, g.constant("to_vocabulary", whisper["decoder/embeddings/weight"].T), out="logits")
    for name in "kv":
        g.op("Concat", *caches[name], out=f"out_n_layer_self_{name}_cache", axis=0)

    cache = (FLOAT, [whisper.layers, "n_audio", whisper.text_positions, whisper.width])
    cross = (FLOAT, [whisper.layers, "n_audio", "positions", whisper.width])
    g.save(
        path,
        inputs={
            "tokens": (INT64, ["n_audio", "n_tokens"]),
            "in_n_layer_self_k_cache": cache,
            "in_n_layer_self_v_cache": cache,
            "n_layer_cross_k": cross,
            "n_layer_cross_v": cross,
            "offset": (INT64, [1]),
        },
        outputs={
            "logits": (FLOAT, ["n_audio", "n_tokens", whisper.vocabulary_size]),
            "out_n_layer_self_k_cache": cache,
            "out_n_layer_self_v_cache": cache,
        },
    )


# ---- tokens --------------------------------------------------------------------------------------------------------


def special_tokens(tokenizer):
    return {token["content"]: token["id"] for token in tokenizer["added_tokens"]}


def encoder_metadata(whisper, config, tokenizer):
    """What sherpa-onnx reads about the model; it looks for it in the encoder."""
    special = special_tokens(tokenizer)
    names = sorted(special, key=special.get)
    languages = [name[2:-2] for name in names if name.startswith("<|") and name.endswith("|>") and name[2:-2].isalpha() and 2 <= len(name[2:-2]) <= 3]
    start, transcribe = special["<|startoftranscript|>"], special["<|transcribe|>"]
    return {
        "model_type": "whisper-base",
        "version": 1,
        "n_mels": whisper.mel_bands,
        "n_audio_ctx": AUDIO_POSITIONS,
        "n_audio_state": whisper.width,
        "n_audio_head": whisper.heads,
        "n_audio_layer": whisper.layers,
        "n_vocab": whisper.vocabulary_size,
        "n_text_ctx": whisper.text_positions,
        "n_text_state": whisper.width,
        "n_text_head": whisper.heads,
        "n_text_layer": whisper.layers,
        "is_multilingual": 1,
        "sot_sequence": ",".join(map(str, [start, special["<|en|>"], transcribe])),
        "all_language_tokens": ",".join(str(special[f"<|{code}|>"]) for code in languages),
        "all_language_codes": ",".join(languages),
        "sot": start,
        "sot_index": 0,
        "eot": special["<|endoftext|>"],
        "blank_id": tokenizer["model"]["vocab"]["Ġ"],
        "no_speech": special.get("<|nospeech|>", special.get("<|nocaptions|>")),
        "non_speech_tokens": ",".join(str(token) for token in config.get("suppress_ids", []) if token >= 0),
        "transcribe": transcribe,
        "translate": special["<|translate|>"],
        "sot_prev": special["<|startofprev|>"],
        "sot_lm": special["<|startoflm|>"],
        "no_timestamps": special["<|notimestamps|>"],
    }


def write_tokens(tokenizer, path):
    """The vocabulary, a token a line: its bytes in base64, and its number."""
    # Byte-level BPE writes bytes that cannot be printed as the letters from U+0100 on.
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in printable]
    byte_of = {chr(byte): byte for byte in printable} | {chr(256 + i): byte for i, byte in enumerate(hidden)}

    special = special_tokens(tokenizer)
    vocabulary = sorted(tokenizer["model"]["vocab"].items(), key=lambda item: item[1])
    with open(path, "w", encoding="ascii") as file:
        for token, number in vocabulary:
            if token and token not in special and all(letter in byte_of for letter in token):
                letters = base64.b64encode(bytes(byte_of[letter] for letter in token)).decode()
                file.write(f"{letters} {number}\n")


# ---- the whole -----------------------------------------------------------------------------------------------------


def quantise(source, target):
    quantize_dynamic(source, target, op_types_to_quantize=["MatMul"], weight_type=QuantType.QInt8, per_channel=True)


def main(source, target):
    os.makedirs(target, exist_ok=True)

    def into(name):
        return os.path.join(target, name)

    def read_json(name):
        with open(os.path.join(source, name), encoding="utf-8") as file:
            return json.load(file)

    print("reading the weights", flush=True)
    whisper = Whisper(source)
    tokenizer = read_json("tokenizer.json")
    metadata = encoder_metadata(whisper, read_json("config.json"), tokenizer)

    print("writing the encoder", flush=True)
    write_encoder(whisper, metadata, into("encoder.onnx"))
    quantise(into("encoder.onnx"), into("encoder.int8.onnx"))

    print("writing the decoder", flush=True)
    write_decoder(whisper, into("decoder.onnx"))
    quantise(into("decoder.onnx"), into("decoder.int8.onnx"))
    os.remove(into("decoder.onnx"))

    write_tokens(tokenizer, into("tokens.txt"))


if __name__ == "__main__":
    main(*sys.argv[1:])
