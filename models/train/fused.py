"""The element-wise parts of the chat base as single passes in C (fused.c), where a compiler is; about twice as fast.

Without a compiler, or on a GPU, model.py runs the same mathematics in torch. test_model.py holds the two together.
"""
import ctypes
import pathlib
import subprocess
import tempfile

import torch

_SOURCE = pathlib.Path(__file__).with_name("fused.c")


def _build() -> ctypes.CDLL | None:
    folder = pathlib.Path(tempfile.mkdtemp(prefix="engram-fused-"))
    library = folder / "fused.so"
    command = ["gcc", "-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC", str(_SOURCE), "-o", str(library), "-lm"]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return ctypes.CDLL(str(library))


_library = _build()


def usable(x: torch.Tensor) -> bool:
    return _library is not None and x.device.type == "cpu"


def _at(tensor: torch.Tensor | None) -> ctypes.c_void_p:
    return ctypes.c_void_p(None if tensor is None else tensor.data_ptr())


_long, _float = ctypes.c_long, ctypes.c_float


class _Swiglu(torch.autograd.Function):
    @staticmethod
    def forward(context, gate, up):
        out = torch.empty_like(gate)
        _library.swiglu(_at(gate), _at(up), _at(out), _long(gate.numel()))
        context.save_for_backward(gate, up)
        return out

    @staticmethod
    def backward(context, gradient):
        gate, up = context.saved_tensors
        dgate, dup = torch.empty_like(gate), torch.empty_like(up)
        _library.swiglu_back(_at(gate), _at(up), _at(gradient.contiguous()), _at(dgate), _at(dup), _long(gate.numel()))
        return dgate, dup


class _AddNorm(torch.autograd.Function):
    @staticmethod
    def forward(context, x, add):
        width = x.shape[-1]
        rows = x.numel() // width
        total, out = torch.empty_like(x), torch.empty(x.shape, dtype=torch.bfloat16)
        inverse = torch.empty(rows)
        _library.add_norm(_at(x), _at(add), _at(total), _at(out), _at(inverse), _long(rows), _long(width))
        context.save_for_backward(total, inverse)
        context.adds = add is not None
        return total, out

    @staticmethod
    def backward(context, dtotal, dout):
        total, inverse = context.saved_tensors
        width = total.shape[-1]
        dx = torch.empty_like(total)
        dadd = torch.empty(total.shape, dtype=torch.bfloat16) if context.adds else None
        # Kept by name until the call is over: a temporary's memory would be gone.
        dtotal = None if dtotal is None else dtotal.contiguous()
        dout = dout.contiguous()
        _library.add_norm_back(_at(total), _at(inverse), _at(dtotal), _at(dout), _at(dx), _at(dadd), _long(inverse.numel()), _long(width))
        return dx, dadd


class _Turn(torch.autograd.Function):
    @staticmethod
    def forward(context, x, cos, sin, heads):
        batch, length, width = x.shape
        head = width // heads
        out = torch.empty(batch, heads, length, head, dtype=x.dtype)
        _library.turn(_at(x), _at(out), _at(cos), _at(sin), _long(batch), _long(length), _long(heads), _long(head), _float(1))
        context.save_for_backward(cos, sin)
        return out

    @staticmethod
    def backward(context, gradient):
        cos, sin = context.saved_tensors
        gradient = gradient.contiguous()
        batch, heads, length, head = gradient.shape
        out = torch.empty(batch, length, heads * head, dtype=gradient.dtype)
        _library.turn(_at(gradient), _at(out), _at(cos), _at(sin), _long(batch), _long(length), _long(heads), _long(head), _float(-1))
        return out, None, None, None


class _CausalSoftmax(torch.autograd.Function):
    @staticmethod
    def forward(context, scores, scale):
        """Takes the scores over: nothing else may want them."""
        length = scores.shape[-1]
        _library.causal_softmax(_at(scores), _long(scores.numel() // length), _long(length), _float(scale))
        context.mark_dirty(scores)
        context.save_for_backward(scores)
        context.scale = scale
        return scores

    @staticmethod
    def backward(context, gradient):
        (probability,) = context.saved_tensors
        length = probability.shape[-1]
        gradient = gradient.contiguous()
        _library.causal_softmax_back(_at(probability), _at(gradient), _long(gradient.numel() // length), _long(length), _float(context.scale))
        return gradient, None


swiglu = _Swiglu.apply
add_norm = _AddNorm.apply
turn = _Turn.apply
causal_softmax = _CausalSoftmax.apply
