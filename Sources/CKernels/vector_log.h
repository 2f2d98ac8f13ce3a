// More branch-free float functions for loops: logarithms, and what is made of them and of vector_math.h. Errors are a few units in the
// last place.

#ifndef CKERNELS_VECTOR_LOG_H
#define CKERNELS_VECTOR_LOG_H

#include <float.h>

#include "vector_math.h"

CK_INLINE float ck_from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

CK_INLINE uint32_t ck_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

// The library's sqrtf sets errno, which stops the compiler.
CK_INLINE float ck_sqrt(float x) { return __builtin_elementwise_sqrt(x); }
CK_INLINE float ck_abs(float x) { return __builtin_elementwise_abs(x); }
CK_INLINE float ck_min(float a, float b) { return a < b ? a : b; }
CK_INLINE float ck_max(float a, float b) { return a > b ? a : b; }
/// NaN stays NaN.
CK_INLINE float ck_clip(float x, float low, float high) {
  x = x < low ? low : x;
  return x > high ? high : x;
}
CK_INLINE float ck_sign(float x) { return (float)((x > 0) - (x < 0)); }

/// e^x - 1 for x <= 0, precise near 0; 0 for greater ones.
CK_INLINE float ck_expm1_negative(float x) {
  float bounded = ck_clip(x, -30.0f, 0.0f);
  // x = n ln 2 + r; the Taylor series of e^r - 1 to the seventh power.
  float shifted = bounded * 1.44269504f + 12582912.0f;
  float whole = shifted - 12582912.0f;
  float r = bounded - whole * 0.693359375f;
  r = r + whole * 2.12194440e-4f;
  float p = 1.9841270e-4f;
  p = p * r + 1.3888889e-3f;
  p = p * r + 8.3333333e-3f;
  p = p * r + 4.1666667e-2f;
  p = p * r + 1.6666667e-1f;
  p = p * r + 0.5f;
  float q = r + r * r * p;
  float power = ck_from_bits((ck_bits(shifted) - 0x4b400000u + 127u) << 23);
  return power * q + (power - 1.0f);
}

/// The method of FreeBSD's logf. -infinity of 0, NaN below.
CK_INLINE float ck_log(float x) {
  float small = x < FLT_MIN ? 1.0f : 0.0f;
  float scaled = x * (small != 0 ? 33554432.0f : 1.0f);
  uint32_t shifted = ck_bits(scaled) + (0x3f800000u - 0x3f3504f3u);
  float k = (float)((int32_t)(shifted >> 23) - 127) - small * 25.0f;
  float f = ck_from_bits((shifted & 0x007fffffu) + 0x3f3504f3u) - 1.0f;
  float s = f / (2.0f + f), z = s * s, w = z * z;
  float rest = w * (0.40000972152f + w * 0.24279078841f) + z * (0.66666662693f + w * 0.28498786688f);
  float half = 0.5f * f * f;
  float result = s * (half + rest) + k * 9.0580006145e-6f - half + f + k * 6.9313812256e-1f;
  result = x == 0 ? -INFINITY : result;
  result = x < 0 ? NAN : result;
  return x <= FLT_MAX ? result : x + x;
}

/// ln(1 + x) for 0 <= x <= 1; Kahan's correction takes back the rounding of 1 + x.
CK_INLINE float ck_log1p(float x) {
  float u = 1.0f + x, rest = u - 1.0f;
  return rest == 0 ? x : ck_log(u) * (x / rest);
}

CK_INLINE float ck_softplus(float x) { return ck_max(x, 0) + ck_log1p(ck_exp(-ck_abs(x))); }

#endif
