/* A library with the entry points of OpenVINO's C API that Bench calls, for tests of how Bench calls them where OpenVINO is not
   installed. It is no engine: its one operation is y = |x| + 0.5. What it is given is checked, and told when it is wrong. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { const char* build; const char* description; } Version;
typedef struct { char** texts; size_t count; } Texts;
typedef struct { int64_t rank; int64_t* lengths; } Shape;
typedef struct { int status; int64_t real, processor; const char *name, *execution, *type; } Entry;
typedef struct { Entry* entries; size_t count; } Entries;
typedef struct { int type; size_t elements, bytes; void* data; int owns; } Tensor;
typedef struct { int kind; } Core;
typedef struct { int kind; char device[64]; } Compiled;
typedef struct { Compiled* network; const Tensor *input, *output; } Request;

enum { failed = -1, not_found = -5, a_core = 1, a_network };

/* What the test sets and reads. */
int standin_numbering = 20240; /* 2024.0, or 20250, or 20251: how types are numbered */
int standin_lies;              /* computes in bf16, whatever it was told */
int standin_helps;             /* AUTO begins on the processor, whatever it was told */
int standin_tensors = -1;      /* how many tensors it makes before it refuses; any number below 0 */
int standin_alive;             /* objects and texts that were not freed */
char standin_devices[256] = "CPU";
char standin_log[8192];        /* what was set, a line each */

static char last_error[2048];
static char properties[8192];  /* "device key=value" lines of the one core */

static int fail(int status, const char* words) {
  snprintf(last_error, sizeof last_error,
    "Exception from src/inference/src/cpp/core.cpp:107:\nException from src/plugins/stand_in.cpp:1:\n%s\n\n", words);
  return status;
}

static char* text(const char* from) { standin_alive++; return strdup(from); }
static void* make(size_t size) { standin_alive++; return calloc(1, size); }
static void drop(void* object) { if (object) { standin_alive--; free(object); } }

/* Bits of each type, by its number. */
static int bits_of(int type) {
  static const int of_2024_0[32] = { 0, 0, 8, 16, 16, 32, 64, 4, 8, 16, 32, 64, 1, 4, 8, 16, 32, 64, 4, 8, 8, 256 };
  static const int of_2025_0[32] = { 0, 0, 8, 16, 16, 32, 64, 4, 8, 16, 32, 64, 1, 2, 3, 4, 6, 8, 16, 32, 64, 4, 8, 8, 256, 4, 8 };
  static const int of_2025_1[32] = { 0, 8, 16, 16, 32, 64, 4, 8, 16, 32, 64, 1, 2, 3, 4, 6, 8, 16, 32, 64, 4, 8, 8, 256, 4, 8 };
  return type < 0 || type >= 32 ? 0
    : (standin_numbering == 20240 ? of_2024_0 : standin_numbering == 20250 ? of_2025_0 : of_2025_1)[type];
}

static int float32(void) { return standin_numbering < 20251 ? 5 : 4; }

const char* ov_get_last_err_msg(void) { return *last_error ? text(last_error) : NULL; }
void ov_free(const char* t) { drop((void*)t); }

int ov_get_openvino_version(Version* version) {
  version->build = text(standin_numbering < 20251 ? "2024.0.0-stand-in" : "2026.4.1-stand-in");
  version->description = text("stand-in");
  return 0;
}
void ov_version_free(Version* version) { drop((void*)version->build); drop((void*)version->description); }

int ov_core_create(Core** core) { *properties = *standin_log = 0; *core = make(sizeof(Core)); (*core)->kind = a_core; return 0; }
void ov_core_free(Core* core) { if (core->kind == a_core) drop(core); *last_error = 0; }

int ov_core_get_available_devices(const Core* core, Texts* devices) {
  char all[256];
  (void)core;
  snprintf(all, sizeof all, "%s", standin_devices);
  devices->texts = calloc(16, sizeof(char*));
  devices->count = 0;
  for (char* name = strtok(all, ","); name; name = strtok(NULL, ",")) devices->texts[devices->count++] = text(name);
  return 0;
}
void ov_available_devices_free(Texts* devices) {
  for (size_t i = 0; i < devices->count; i++) drop(devices->texts[i]);
  free(devices->texts);
}

static const char* set_value(const char* device, const char* key) {
  static char value[128];
  char start[256];
  size_t length = snprintf(start, sizeof start, "%s %s=", device, key);
  const char* found = NULL;
  for (const char* line = properties; *line; line = strchr(line, '\n') + 1)
    if (!strncmp(line, start, length)) found = line + length;
  if (!found) return NULL;
  snprintf(value, sizeof value, "%.*s", (int)strcspn(found, "\n"), found);
  return value;
}

static int is_kind(const char* device, const char* kind) { return !strncmp(device, kind, strlen(kind)); }

static const char* supported(const char* device) {
  return is_kind(device, "CPU")
    ? "NUM_STREAMS INFERENCE_NUM_THREADS PERFORMANCE_HINT INFERENCE_PRECISION_HINT PERF_COUNT"
    : is_kind(device, "GPU") ? "NUM_STREAMS PERFORMANCE_HINT INFERENCE_PRECISION_HINT PERF_COUNT"
    : is_kind(device, "NPU") ? "NUM_STREAMS PERFORMANCE_HINT INFERENCE_PRECISION_HINT PERF_COUNT"
    : "PERFORMANCE_HINT ENABLE_STARTUP_FALLBACK ENABLE_RUNTIME_FALLBACK PERF_COUNT";
}

int ov_core_set_property(const Core* core, const char* device, ...) {
  va_list arguments;
  const char *key, *value;
  char words[512];
  (void)core;
  va_start(arguments, device);
  key = va_arg(arguments, char*);
  value = va_arg(arguments, char*);
  va_end(arguments);
  snprintf(words, sizeof words, "Unsupported property %s by %s plugin.", key, device);
  if (!strstr(supported(device), key)) return fail(not_found, words);
  if (is_kind(device, "NPU") && !strcmp(key, "NUM_STREAMS")) return fail(failed, "READ-ONLY configuration key: NUM_STREAMS");
  snprintf(words, sizeof words, "Wrong value %s for property key %s. Supported values: f16, i8", value, key);
  if (is_kind(device, "NPU") && !strcmp(key, "INFERENCE_PRECISION_HINT") && strcmp(value, "f16") && strcmp(value, "i8"))
    return fail(failed, words);
  snprintf(words, sizeof words, "Wrong value %s for property key %s. Supported values: f16, f32", value, key);
  if (is_kind(device, "GPU") && !strcmp(key, "INFERENCE_PRECISION_HINT") && !strcmp(value, "bf16")) return fail(failed, words);
  snprintf(words, sizeof words, "%s %s=%s\n", device, key, value);
  strncat(properties, words, sizeof properties - strlen(properties) - 1);
  strncat(standin_log, words, sizeof standin_log - strlen(standin_log) - 1);
  return 0;
}

int ov_core_get_property(const Core* core, const char* device, const char* key, char** value) {
  char name[128];
  (void)core;
  snprintf(name, sizeof name, "Stand-in, %s", device);
  if (strcmp(key, "FULL_DEVICE_NAME")) return fail(not_found, "no such property");
  *value = text(name);
  return 0;
}

/* AUTO takes the last device that is not left out: graphics processors come after the processor. */
static const char* chosen(const char* device) {
  static char name[64];
  char all[256], without[80];
  if (!is_kind(device, "AUTO")) return device;
  *name = 0;
  snprintf(all, sizeof all, "%s", standin_devices);
  for (char* one = strtok(all, ","); one; one = strtok(NULL, ",")) {
    snprintf(without, sizeof without, "-%s", one);
    if (!is_kind(one, "NPU") && !strstr(device, without)) snprintf(name, sizeof name, "%s", one);
  }
  return name;
}

int ov_core_compile_model_from_file(
  const Core* core, const char* path, const char* device, size_t arguments, Compiled** compiled, ...) {
  char line[1200];
  FILE* file = fopen(path, "rb");
  (void)core;
  snprintf(line, sizeof line, "Model file %s cannot be opened!", path);
  if (!file) return fail(failed, line);
  fclose(file);
  if (arguments) return fail(failed, "properties");
  if (!is_kind(device, "AUTO") && !strstr(standin_devices, device)) return fail(failed, "no such device");
  snprintf(line, sizeof line, "compiled for %s\n", device);
  strncat(standin_log, line, sizeof standin_log - strlen(standin_log) - 1);
  *compiled = make(sizeof(Compiled));
  (*compiled)->kind = a_network;
  snprintf((*compiled)->device, sizeof (*compiled)->device, "%s", device);
  return 0;
}
void ov_compiled_model_free(Compiled* compiled) { if (compiled->kind == a_network) drop(compiled); }
int ov_compiled_model_inputs_size(const Compiled* compiled, size_t* count) { (void)compiled; *count = 1; return 0; }
int ov_compiled_model_outputs_size(const Compiled* compiled, size_t* count) { (void)compiled; *count = 1; return 0; }

/* What a network that was compiled for one device tells. */
static const char* told(const char* device, const char* key) {
  const char* set = set_value(device, key);
  return is_kind(device, "CPU") && !strcmp(key, "ENABLE_CPU_PINNING") ? "YES"
    : standin_lies && !strcmp(key, "INFERENCE_PRECISION_HINT") ? "bf16"
    : is_kind(device, "NPU") && !strcmp(key, "NUM_STREAMS") ? "1"
    : set && strstr(supported(device), key) ? set
    : is_kind(device, "CPU") && !strcmp(key, "INFERENCE_NUM_THREADS") ? "8"
    : NULL;
}

int ov_compiled_model_get_property(const Compiled* compiled, const char* key, char** value) {
  static const char* const keys[] = { "ENABLE_CPU_PINNING", "INFERENCE_NUM_THREADS", "INFERENCE_PRECISION_HINT", "NUM_STREAMS" };
  int is_auto = is_kind(compiled->device, "AUTO");
  char device[64], all[1024];
  snprintf(device, sizeof device, "%s", chosen(compiled->device));
  if (!strcmp(key, "EXECUTION_DEVICES")) {
    const char* helps = set_value("AUTO", "ENABLE_STARTUP_FALLBACK");
    *value = text(is_auto && (standin_helps || !helps || !strcmp(helps, "YES")) ? "(CPU)" : device);
  } else if (is_auto && !strcmp(key, "DEVICE_PROPERTIES")) {
    snprintf(all, sizeof all, "{%s:{", device);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
      if (told(device, keys[i])) snprintf(all + strlen(all), sizeof all - strlen(all), "%s:%s,", keys[i], told(device, keys[i]));
    snprintf(all + strlen(all), sizeof all - strlen(all), "PERF_COUNT:NO}}");
    *value = text(all);
  } else if (is_auto && !strcmp(key, "PERFORMANCE_HINT")) *value = text(set_value("AUTO", key));
  else if (!is_auto && told(device, key)) *value = text(told(device, key));
  else return fail(not_found, "no such property");
  return 0;
}

int ov_compiled_model_create_infer_request(Compiled* compiled, Request** request) {
  *request = make(sizeof(Request));
  (*request)->network = compiled;
  return 0;
}
void ov_infer_request_free(Request* request) { drop(request); }

static int unfit(size_t index, const Tensor* tensor) {
  return index != 0 ? fail(failed, "index") : tensor->type != float32() ? fail(-4, "the tensor is not of f32")
    : tensor->bytes != tensor->elements * sizeof(float) ? fail(failed, "bytes") : 0;
}

int ov_infer_request_set_input_tensor_by_index(Request* request, size_t index, const Tensor* tensor) {
  request->input = tensor;
  return unfit(index, tensor);
}
int ov_infer_request_set_output_tensor_by_index(Request* request, size_t index, const Tensor* tensor) {
  request->output = tensor;
  return unfit(index, tensor);
}

int ov_infer_request_infer(Request* request) {
  const float* x;
  float* y;
  if (!request->input || !request->output) return fail(failed, "no tensors");
  x = request->input->data;
  y = request->output->data;
  if (x[0] == 666) return fail(-13, "Infer Request was canceled");
  for (size_t i = 0; i < request->output->elements; i++) {
    float value = x[i % request->input->elements];
    y[i] = (value < 0 ? -value : value) + 0.5f;
  }
  return 0;
}

int ov_infer_request_get_profiling_info(const Request* request, Entries* list) {
  const char* device = chosen(request->network->device);
  char name[64];
  if (!set_value(device, "PERF_COUNT")) return fail(failed, "Performance counters are not enabled");
  snprintf(name, sizeof name, is_kind(device, "NPU") ? "DPU" : "jit_avx512_%s", set_value(device, "INFERENCE_PRECISION_HINT"));
  list->count = 3;
  list->entries = calloc(3, sizeof(Entry));
  list->entries[0] = (Entry){ 2, 9, 9, text("conv"), text(name), text("Convolution") };
  list->entries[1] = (Entry){ 1, 0, 0, text("gone"), text("undef"), text("MatMul") };
  list->entries[2] = (Entry){ 2, 1, 1, text("add"), text("ref_any_i64"), text("Add") };
  return 0;
}
void ov_profiling_info_list_free(Entries* list) {
  for (size_t i = 0; i < list->count; i++) {
    drop((void*)list->entries[i].name); drop((void*)list->entries[i].execution); drop((void*)list->entries[i].type);
  }
  free(list->entries);
}

static int create(int type, Shape shape, void* data, Tensor** tensor) {
  size_t elements = 1;
  if (!bits_of(type)) return fail(failed, "no such type");
  if (data && !standin_tensors) return fail(failed, "no more tensors");
  if (data) standin_tensors--;
  for (int64_t i = 0; i < shape.rank; i++) elements *= shape.lengths[i];
  *tensor = make(sizeof(Tensor));
  (*tensor)->type = type;
  (*tensor)->elements = elements;
  (*tensor)->bytes = (elements * bits_of(type) + 7) / 8;
  (*tensor)->owns = !data;
  (*tensor)->data = data ? data : calloc(1, (*tensor)->bytes);
  return 0;
}
int ov_tensor_create(int type, Shape shape, Tensor** tensor) { return create(type, shape, NULL, tensor); }
int ov_tensor_create_from_host_ptr(int type, Shape shape, void* data, Tensor** tensor) { return create(type, shape, data, tensor); }
int ov_tensor_get_byte_size(const Tensor* tensor, size_t* bytes) { *bytes = tensor->bytes; return 0; }
void ov_tensor_free(Tensor* tensor) {
  if (tensor->owns) free(tensor->data);
  drop(tensor);
}
