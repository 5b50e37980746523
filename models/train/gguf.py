"""Reads and writes GGUF, version 3: the one file format that llama.cpp loads.

The layout is that of ggml's `docs/gguf.md`: a magic number, counts, key-value pairs, tensor descriptions, then the
tensor data, each tensor starting at a multiple of 32 bytes. Tensors are numpy arrays in PyTorch's layout, (out, in) for a
matrix; the file names its dimensions the other way round, which is the same memory.

    write(path, metadata, tensors, 'F16')
    metadata, tensors = read(path)      # tensors as float32, in the same layout
"""
from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

ALIGNMENT = 32
VERSION = 3

# Value types of the key-value pairs: the number in the file, and how `struct` packs one of them.
SCALARS = {0: 'B', 1: 'b', 2: 'H', 3: 'h', 4: 'I', 5: 'i', 6: 'f', 7: '?', 10: 'Q', 11: 'q', 12: 'd'}
UINT32, INT32, FLOAT32, BOOL, STRING, ARRAY, UINT64 = 4, 5, 6, 7, 8, 9, 10

# Tensor types. Q8_0 is blocks of 32 weights: one float16 scale, then 32 signed bytes.
TYPES = {'F32': 0, 'F16': 1, 'Q8_0': 8}
FILE_TYPES = {'F32': 0, 'F16': 1, 'Q8_0': 7}
BLOCK = 32

# ggml adds these to float32 activations and aborts the whole process where they are float16.
ALWAYS_F32 = {'token_types.weight', 'position_embd.weight'}


def write(path: str | Path, metadata: dict[str, Any], tensors: dict[str, np.ndarray], type: str = 'F16') -> None:
    """Writes a file whose matrices are of `type`; vectors (norms, biases) and what ggml needs so stay F32.

    A whole number is written as uint32 (uint64 where it is too large), a list of numbers as int32 or float32.
    `general.file_type` and `general.quantization_version` are filled in unless given.
    """
    pairs = {'general.file_type': FILE_TYPES[type], 'general.quantization_version': 2, **metadata}
    kinds = {name: _kind(name, array, type) for name, array in tensors.items()}
    with open(path, 'wb') as file:
        file.write(b'GGUF' + struct.pack('<IQQ', VERSION, len(tensors), len(pairs)))
        for key, value in pairs.items():
            file.write(_text(key) + _value(value))
        offset = 0
        for name, array in tensors.items():
            file.write(_text(name) + struct.pack('<I', array.ndim))
            file.write(b''.join(struct.pack('<Q', size) for size in array.shape[::-1]))
            file.write(struct.pack('<IQ', TYPES[kinds[name]], offset))
            offset += _padded(_bytes(array.shape, kinds[name]))
        _pad(file)
        for name, array in tensors.items():
            file.write(_encode(array, kinds[name]))
            _pad(file)


def read(path: str | Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The metadata and the tensors (float32, PyTorch's layout) of a file with F32, F16 and Q8_0 tensors."""
    with open(path, 'rb') as file:
        magic, version, tensor_count, pair_count = struct.unpack('<4sIQQ', file.read(24))
        if magic != b'GGUF' or version < 2:
            raise ValueError(f'{path} is not a GGUF file of version 2 or 3.')
        metadata = {_read_text(file): _read_value(file, _one(file, 'I')) for _ in range(pair_count)}
        infos = [_read_info(file) for _ in range(tensor_count)]
        alignment = metadata.get('general.alignment', ALIGNMENT)
        start = -(-file.tell() // alignment) * alignment
        tensors = {}
        for name, shape, kind, offset in infos:
            file.seek(start + offset)
            tensors[name] = _decode(file.read(_bytes(shape, kind)), shape, kind)
    return metadata, tensors


def _kind(name: str, array: np.ndarray, type: str) -> str:
    """The type one tensor is kept in. Q8_0 needs rows of whole blocks; others fall back to F16."""
    if array.ndim == 1 or name in ALWAYS_F32:
        return 'F32'
    return 'F16' if type == 'Q8_0' and array.shape[-1] % BLOCK else type


def _bytes(shape: tuple[int, ...], kind: str) -> int:
    count = int(np.prod(shape, dtype=np.int64))
    return count * 4 if kind == 'F32' else count * 2 if kind == 'F16' else count // BLOCK * (2 + BLOCK)


def _encode(array: np.ndarray, kind: str) -> bytes:
    if kind == 'Q8_0':
        return _to_q8_0(array)
    return np.ascontiguousarray(array, dtype='<f4' if kind == 'F32' else '<f2').tobytes()


def _decode(data: bytes, shape: tuple[int, ...], kind: str) -> np.ndarray:
    if kind == 'Q8_0':
        rows = np.frombuffer(data, np.uint8).reshape(-1, 2 + BLOCK)
        scales = rows[:, :2].copy().view('<f2').astype(np.float32)
        return (rows[:, 2:].view(np.int8) * scales).reshape(shape)
    return np.frombuffer(data, '<f4' if kind == 'F32' else '<f2').astype(np.float32).reshape(shape)


def _to_q8_0(array: np.ndarray) -> bytes:
    """Blocks of 32: scale = largest magnitude / 127, then the rounded multiples of it."""
    blocks = np.ascontiguousarray(array, dtype=np.float32).reshape(-1, BLOCK)
    scales = np.abs(blocks).max(axis=1) / 127
    inverse = np.where(scales > 0, 1 / np.maximum(scales, 1e-30), 0)
    rows = np.empty((len(blocks), 2 + BLOCK), np.uint8)
    rows[:, :2] = scales.astype('<f2').view(np.uint8).reshape(-1, 2)
    rows[:, 2:] = np.rint(blocks * inverse[:, None]).astype(np.int8).view(np.uint8)
    return rows.tobytes()


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack('<Q', len(data)) + data


def _value(value: Any) -> bytes:
    """A value with its type in front. bool comes before int: in Python it is one."""
    if isinstance(value, (bool, np.bool_)):
        return struct.pack('<I?', BOOL, value)
    if isinstance(value, (int, np.integer)):
        return struct.pack('<II', UINT32, value) if value < 2**32 else struct.pack('<IQ', UINT64, value)
    if isinstance(value, (float, np.floating)):
        return struct.pack('<If', FLOAT32, value)
    if isinstance(value, str):
        return struct.pack('<I', STRING) + _text(value)
    if isinstance(value, list):
        return struct.pack('<I', ARRAY) + _array(value)
    raise TypeError(f'GGUF has no type for {value!r}.')


def _array(items: list[Any]) -> bytes:
    kind = STRING if items and isinstance(items[0], str) else FLOAT32 if items and isinstance(items[0], float) else INT32
    body = b''.join(map(_text, items)) if kind == STRING else struct.pack(f'<{len(items)}{SCALARS[kind]}', *items)
    return struct.pack('<IQ', kind, len(items)) + body


def _one(file: BinaryIO, code: str) -> Any:
    return struct.unpack(f'<{code}', file.read(struct.calcsize(f'<{code}')))[0]


def _read_text(file: BinaryIO) -> str:
    return file.read(_one(file, 'Q')).decode()


def _read_value(file: BinaryIO, kind: int) -> Any:
    if kind == STRING:
        return _read_text(file)
    if kind != ARRAY:
        return _one(file, SCALARS[kind])
    inner, count = struct.unpack('<IQ', file.read(12))
    if inner in (STRING, ARRAY):
        return [_read_value(file, inner) for _ in range(count)]
    code = f'<{count}{SCALARS[inner]}'
    return list(struct.unpack(code, file.read(struct.calcsize(code))))


def _read_info(file: BinaryIO) -> tuple[str, tuple[int, ...], str, int]:
    """Name, shape in PyTorch's order, type and place of a tensor."""
    name = _read_text(file)
    sizes = [_one(file, 'Q') for _ in range(_one(file, 'I'))]
    number, offset = struct.unpack('<IQ', file.read(12))
    kind = next((kind for kind, value in TYPES.items() if value == number), None)
    if kind is None:
        raise ValueError(f'Tensor {name} is of type {number}; only F32, F16 and Q8_0 are read here.')
    return name, tuple(sizes[::-1]), kind, offset


def _padded(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT


def _pad(file: BinaryIO) -> None:
    file.write(b'\0' * (_padded(file.tell()) - file.tell()))
