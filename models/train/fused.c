// The element-wise parts of the chat base, each in one pass over memory. On a CPU they cost more than the matrix
// products when torch runs them one by one in bfloat16. Plain C that the compiler vectorises; see fused.py.
#include <math.h>
#include <stdint.h>
#include <string.h>

typedef uint16_t half; // bfloat16: the upper half of a float

static inline float widen(half h) {
  uint32_t bits = (uint32_t)h << 16;
  float f;
  memcpy(&f, &bits, 4);
  return f;
}

static inline half narrow(float f) { // to nearest, ties to even
  uint32_t bits;
  memcpy(&bits, &f, 4);
  return (half)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

void swiglu(const half *restrict gate, const half *restrict up, half *restrict out, long n) {
  #pragma omp parallel for simd
  for (long i = 0; i < n; i++) {
    float g = widen(gate[i]);
    out[i] = narrow(g / (1 + expf(-g)) * widen(up[i]));
  }
}

void swiglu_back(const half *restrict gate, const half *restrict up, const half *restrict dout, half *restrict dgate, half *restrict dup, long n) {
  #pragma omp parallel for simd
  for (long i = 0; i < n; i++) {
    float g = widen(gate[i]), d = widen(dout[i]), s = 1 / (1 + expf(-g));
    dup[i] = narrow(d * g * s);
    dgate[i] = narrow(d * widen(up[i]) * s * (1 + g * (1 - s)));
  }
}

// sum = x + add (add may be null: sum = x); out = sum / rms(sum)
void add_norm(const float *x, const half *add, float *sum, half *out, float *inverse, long rows, long width) {
  #pragma omp parallel for
  for (long r = 0; r < rows; r++) {
    const float *restrict xr = x + r * width;
    float *restrict sr = sum + r * width;
    half *restrict or = out + r * width;
    if (add) {
      const half *restrict ar = add + r * width;
      for (long i = 0; i < width; i++) sr[i] = xr[i] + widen(ar[i]);
    } else
      memcpy(sr, xr, width * 4);
    float square = 0;
    for (long i = 0; i < width; i++) square += sr[i] * sr[i];
    float inv = 1 / sqrtf(square / width + 1e-5f);
    inverse[r] = inv;
    for (long i = 0; i < width; i++) or[i] = narrow(sr[i] * inv);
  }
}

// dsum: what flows back into the sum from elsewhere (may be null). dx is float, dadd its bfloat16 copy (may be null).
void add_norm_back(const float *sum, const float *inverse, const float *dsum, const half *dout, float *dx, half *dadd, long rows, long width) {
  #pragma omp parallel for
  for (long r = 0; r < rows; r++) {
    const float *restrict sr = sum + r * width;
    const half *restrict gr = dout + r * width;
    float *restrict dr = dx + r * width;
    float inv = inverse[r], along = 0;
    for (long i = 0; i < width; i++) along += widen(gr[i]) * sr[i];
    float pull = along * inv * inv / width;
    for (long i = 0; i < width; i++) dr[i] = inv * (widen(gr[i]) - sr[i] * pull);
    if (dsum) {
      const float *restrict mr = dsum + r * width;
      for (long i = 0; i < width; i++) dr[i] += mr[i];
    }
    if (dadd) {
      half *restrict ar = dadd + r * width;
      for (long i = 0; i < width; i++) ar[i] = narrow(dr[i]);
    }
  }
}

// (batch, length, kv, groups, head) -> (batch, kv, groups, length, head), turned by position; sign -1 turns back,
// and then the layouts change places.
void turn(const half *restrict in, half *restrict out, const float *restrict cosine, const float *restrict sine, long batch, long length, long heads, long head, float sign) {
  long h2 = head / 2;
  #pragma omp parallel for
  for (long b = 0; b < batch; b++)
    for (long t = 0; t < length; t++)
      for (long h = 0; h < heads; h++) {
        long flat = ((b * length + t) * heads + h) * head, split = ((b * heads + h) * length + t) * head;
        const half *restrict x = in + (sign > 0 ? flat : split);
        half *restrict y = out + (sign > 0 ? split : flat);
        const float *restrict c = cosine + t * h2, *restrict s = sine + t * h2;
        for (long i = 0; i < h2; i++) {
          float first = widen(x[i]), second = widen(x[i + h2]), sn = sign * s[i];
          y[i] = narrow(first * c[i] - second * sn);
          y[i + h2] = narrow(second * c[i] + first * sn);
        }
      }
}

// In place over (rows of `length` queries each, length): softmax(scale * score) over what is not in the future.
void causal_softmax(half *scores, long count, long length, float scale) {
  #pragma omp parallel for
  for (long r = 0; r < count; r++) {
    half *restrict row = scores + r * length;
    long seen = r % length + 1;
    float most = -INFINITY, sum = 0;
    for (long i = 0; i < seen; i++) most = fmaxf(most, widen(row[i]));
    for (long i = 0; i < seen; i++) sum += expf((widen(row[i]) - most) * scale);
    float inv = 1 / sum;
    for (long i = 0; i < seen; i++) row[i] = narrow(expf((widen(row[i]) - most) * scale) * inv);
    memset(row + seen, 0, (length - seen) * sizeof(half));
  }
}

// In place over the gradient: d = scale * p * (d - sum(p d))
void causal_softmax_back(const half *probability, half *gradient, long count, long length, float scale) {
  #pragma omp parallel for
  for (long r = 0; r < count; r++) {
    const half *restrict p = probability + r * length;
    half *restrict d = gradient + r * length;
    long seen = r % length + 1;
    float sum = 0;
    for (long i = 0; i < seen; i++) sum += widen(p[i]) * widen(d[i]);
    for (long i = 0; i < seen; i++) d[i] = narrow(scale * widen(p[i]) * (widen(d[i]) - sum));
    memset(d + seen, 0, (length - seen) * sizeof(half));
  }
}
