// Branch-free float functions that the compiler turns into vector code inside a loop, where the C library's would stop it.
//
// Polynomials: Cephes single precision (expf, tanhf), https://www.netlib.org/cephes/. Errors are within 2 units in the last place.

#ifndef CKERNELS_VECTOR_MATH_H
#define CKERNELS_VECTOR_MATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "loops.h"

/// e to the x: infinite over 88.72, 0 below -87.33, NaN for NaN.
CK_INLINE float ck_exp(float x) {
  float bounded = x > 88.72283f ? 88.72283f : x < -87.33654f ? -87.33654f : x;
  // Adding and taking away 1.5 * 2^23 rounds to the nearest whole number.
  float shifted = bounded * 1.44269504f + 12582912.0f;
  float whole = shifted - 12582912.0f;
  float rest = bounded - whole * 0.693359375f;
  rest = rest + whole * 2.12194440e-4f;
  float sum = 1.9875691500e-4f;
  sum = sum * rest + 1.3981999507e-3f;
  sum = sum * rest + 8.3334519073e-3f;
  sum = sum * rest + 4.1665795894e-2f;
  sum = sum * rest + 1.6666665459e-1f;
  sum = sum * rest + 5.0000001201e-1f;
  sum = sum * rest * rest + rest + 1.0f;
  // Two factors, since 2^128 is no float.
  int32_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  int32_t power = bits - 0x4b400000;
  int32_t half = power >> 1;
  int32_t first_bits = (int32_t)((uint32_t)(half + 127) << 23), second_bits = (int32_t)((uint32_t)(power - half + 127) << 23);
  float first, second;
  memcpy(&first, &first_bits, sizeof first);
  memcpy(&second, &second_bits, sizeof second);
  float value = sum * first * second;
  value = x > 88.72283f ? INFINITY : value;
  value = x < -87.33654f ? 0.0f : value;
  return x == x ? value : x;
}

/// 1 / (1 + e^-x)
CK_INLINE float ck_sigmoid(float x) { return 1.0f / (1.0f + ck_exp(-x)); }

CK_INLINE float ck_tanh(float x) {
  float size = fabsf(x);
  float bounded = size > 10.0f ? 10.0f : size;
  float large = 1.0f - 2.0f / (ck_exp(2.0f * bounded) + 1.0f);
  float square = x * x;
  float sum = -5.70498872745e-3f;
  sum = sum * square + 2.06390887954e-2f;
  sum = sum * square - 5.37397155531e-2f;
  sum = sum * square + 1.33314422036e-1f;
  sum = sum * square - 3.33332819422e-1f;
  float small = sum * square * x + x;
  float value = size < 0.625f ? small : copysignf(large, x);
  return x == x ? value : x;
}

#endif
