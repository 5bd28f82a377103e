/* The entry points of CUDA's runtime, cuDNN and TensorRT that Bench calls, for tests of how Bench calls them where there is no NVIDIA
   GPU. "Device" memory is host memory. What is done is written down for the test, in order: L(ock), U(nlock), S(et device), D (copy to
   the device), W(ait), H (copy to the host). */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

char calls[4096];
int calls_made;
int locked;
int next_lock_error;
int next_copy_error;

static int note(char call)
{
    if (calls_made < (int)sizeof calls) calls[calls_made++] = call;
    int* next = call == 'L' ? &next_lock_error : call == 'D' || call == 'H' ? &next_copy_error : NULL;
    int error = next ? *next : 0;
    if (next) *next = 0;
    return error;
}

int cudaSetDevice(int device) { note('S'); return device > 1 ? 101 : 0; }
int cudaStreamSynchronize(void* stream) { return stream ? 400 : note('W'); }
int cudaHostRegister(void* p, size_t bytes, unsigned flags)
{
    int error = note('L');
    if (error) return error;
    if (flags || bytes == 0 || bytes % 4096 || (uintptr_t)p % 4096) return 1;
    locked++;
    return 0;
}
int cudaHostUnregister(void* p) { locked--; return note('U'); }
int cudaMemcpy(void* to, const void* from, size_t bytes, int kind)
{
    int error = note(kind == 1 ? 'D' : kind == 2 ? 'H' : '?');
    if (error) return error;
    memcpy(to, from, bytes);
    return 0;
}
const char* cudaGetErrorString(int error) { return error == 2 ? "out of memory" : "invalid argument"; }
int cudaRuntimeGetVersion(int* version) { *version = 13000; return 0; }
size_t cudnnGetVersion(void) { return 91002; }
int getInferLibVersion(void) { return 100800; }
