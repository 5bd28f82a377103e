/* A library with the entry points of TensorFlow's C API that Bench calls, for tests of how Bench calls them where TensorFlow is not
   installed. It is no engine: its one operation is y = |x| + 0.5. What it is given is checked, and told when it is wrong. */
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <pthread.h>
#include <unistd.h>

typedef struct { const void* data; size_t length; void (*deallocator)(void*, size_t); } Buffer;
typedef struct { int code; char message[256]; } Status;
typedef struct { void* operation; int index; } Place;
typedef struct { int type; int rank; int64_t dims[8]; size_t length; void* data; } Tensor;
typedef struct { int imported; char x, y; } Graph;

int tensors_alive; /* read by the test */

static void fail(Status* s, const char* message) { s->code = 3; snprintf(s->message, sizeof s->message, "%s", message); }
static void ok(Status* s) { s->code = 0; s->message[0] = 0; }

const char* TF_Version(void) { return "2.99.0-stand-in"; }
Status* TF_NewStatus(void) { return calloc(1, sizeof(Status)); }
void TF_DeleteStatus(Status* s) { free(s); }
int TF_GetCode(const Status* s) { return s->code; }
const char* TF_Message(const Status* s) { return s->message; }
Buffer* TF_NewBuffer(void) { return calloc(1, sizeof(Buffer)); }
void TF_DeleteBuffer(Buffer* b) { if (b->data) free((void*)b->data); free(b); }
Graph* TF_NewGraph(void) { return calloc(1, sizeof(Graph)); }
void TF_DeleteGraph(Graph* g) { free(g); }
void* TF_NewImportGraphDefOptions(void) { return malloc(1); }
void TF_DeleteImportGraphDefOptions(void* o) { free(o); }

void TF_GraphImportGraphDef(Graph* g, const Buffer* def, void* options, Status* s) {
  ok(s);
  if (!options || def->length < 4) fail(s, "Invalid GraphDef");
  else g->imported = 1;
}

void* TF_GraphOperationByName(Graph* g, const char* name) {
  return !g->imported ? NULL : !strcmp(name, "x") ? (void*)&g->x : !strcmp(name, "y") ? (void*)&g->y : NULL;
}

int TF_OperationOutputType(Place place) { return place.index == 0 ? 1 : 0; }
int TF_GraphGetTensorNumDims(Graph* g, Place place, Status* s) { ok(s); return place.operation == &g->x ? 4 : -1; }
void TF_GraphGetTensorShape(Graph* g, Place place, int64_t* dims, int count, Status* s) {
  const int64_t shape[] = { -1, 4, 4, 3 }; /* channels last, any batch */
  ok(s);
  if (count != 4) { fail(s, "count"); return; }
  memcpy(dims, shape, sizeof shape);
}

void* TF_NewSessionOptions(void) { return calloc(1, 64); }
void TF_DeleteSessionOptions(void* o) { free(o); }
void TF_SetConfig(unsigned char* o, const void* proto, size_t length, Status* s) {
  ok(s);
  if (length >= 60) { fail(s, "config too long"); return; }
  o[0] = (unsigned char)length;
  memcpy(o + 1, proto, length);
}

static void* work(void* nothing) { for (;;) pause(); }

void* TF_NewSession(Graph* g, const unsigned char* o, Status* s) {
  /* intra_op_parallelism_threads (field 2) must be 3, or not be there: then the engine chooses, and starts two threads */
  int threads = 0;
  for (int i = 1; i + 1 <= o[0]; i++) if (o[i] == 0x10) threads = o[i + 1];
  ok(s);
  if (threads != 3 && threads != 0) { fail(s, "No kernel: the configuration asks for other than three threads"); return NULL; }
  for (int i = 0; threads == 0 && i < 2; i++) { pthread_t thread; pthread_create(&thread, NULL, work, NULL); pthread_detach(thread); }
  return malloc(1);
}
void TF_CloseSession(void* session, Status* s) { ok(s); }
void TF_DeleteSession(void* session, Status* s) { free(session); ok(s); }

Tensor* TF_AllocateTensor(int type, const int64_t* dims, int rank, size_t length) {
  Tensor* t = calloc(1, sizeof(Tensor));
  size_t expected = 4;
  t->type = type; t->rank = rank; t->length = length;
  for (int i = 0; i < rank; i++) { t->dims[i] = dims[i]; expected *= (size_t)dims[i]; }
  if (expected != length) { free(t); return NULL; }
  t->data = aligned_alloc(64, (length + 63) / 64 * 64);
  tensors_alive++;
  return t;
}
void* TF_TensorData(const Tensor* t) { return t->data; }
size_t TF_TensorByteSize(const Tensor* t) { return t->length; }
void TF_DeleteTensor(Tensor* t) { if (t) { free(t->data); free(t); tensors_alive--; } }

void TF_SessionRun(void* session, const Buffer* options, const Place* inputs, Tensor* const* values, int ninputs, const Place* outputs,
                   Tensor** results, int noutputs, void* const* targets, int ntargets, Buffer* metadata, Status* s) {
  ok(s);
  if (ninputs != 1 || noutputs != 1 || ntargets != 0 || targets) { fail(s, "arguments"); return; }
  const Tensor* x = values[0];
  if (x->type != 1 || x->rank != 4 || x->dims[0] != 1 || x->dims[3] != 3) { fail(s, "shape"); return; }
  if (((float*)x->data)[0] == 13) { fail(s, "OOM when allocating tensor"); return; }
  Tensor* y = TF_AllocateTensor(1, x->dims, 4, x->length);
  for (size_t i = 0; i < x->length / 4; i++) { float v = ((float*)x->data)[i]; ((float*)y->data)[i] = (v < 0 ? -v : v) + 0.5f; }
  results[0] = y;
  if (metadata) {
    /* RunMetadata { step_stats { dev_stats { device, node_stats { node_name "n", output { tensor_description { dtype 1 } }, timeline_label } } } } */
    static const unsigned char trace[] = "\x0a\x36\x0a\x34\x0a\x0d/device:CPU:0\x12\x23\x0a\x01n\x3a\x04\x1a\x02\x08\x01\x42\x18[cpu 1MB] n = Conv2D(x,)";
    if (!options || options->length != 2 || memcmp(options->data, "\x08\x03", 2)) { fail(s, "full trace was not asked for"); return; }
    metadata->length = sizeof trace - 1;
    metadata->data = memcpy(malloc(sizeof trace), trace, sizeof trace - 1);
  }
}
