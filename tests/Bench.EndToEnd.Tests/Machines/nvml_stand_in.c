/* Stands in for NVIDIA's management library: two devices, of which the second in the list is the first by PCI bus id.
   The tests set the variables. With -DHEADER='"nvml.h"' the compiler compares the functions with the real header. */
#include <string.h>
#include <strings.h>
#include <unistd.h>

#ifdef HEADER
#define NVML_NO_UNVERSIONED_FUNC_DEFS
#include HEADER
#else
typedef int nvmlReturn_t;
typedef struct nvmlDevice_st* nvmlDevice_t;
typedef int nvmlClockType_t;
typedef int nvmlTemperatureSensors_t;
typedef int nvmlMemoryErrorType_t;
typedef int nvmlEccCounterType_t;
typedef struct { unsigned int gpu, memory; } nvmlUtilization_t;
typedef struct { unsigned long long total, free, used; } nvmlMemory_t;
typedef struct { unsigned int pid; unsigned long long usedGpuMemory; unsigned int gpuInstanceId, computeInstanceId; } nvmlProcessInfo_t;
typedef struct {
    char busIdLegacy[16];
    unsigned int domain, bus, device, pciDeviceId, pciSubSystemId;
    char busId[32];
} nvmlPciInfo_t;
#endif

enum { OK = 0, NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7 };

int init_result = OK;
int mig_mode = 0;
int tells_nothing = 0;
int open_libraries = 0;
int compute_count = 0;
int graphics_count = 0;
unsigned int compute_processes[256];
unsigned int graphics_processes[256];
unsigned long long reasons = 0;
/* Requests that the test has sent; and whether a reading waits until two more are. */
volatile int requests = 0;
int waits_for_requests = 0;

struct nvmlDevice_st { const char* name; const char* bus; const char* uuid; unsigned int clock; };
static struct nvmlDevice_st devices[2] = {
    { "Stand-in A100", "00000000:65:00.0", "GPU-aaaaaaaa-0000-0000-0000-000000000065", 1410 },
    { "Stand-in H200", "00000000:17:00.0", "GPU-bbbbbbbb-0000-0000-0000-000000000017", 1980 },
};

static nvmlReturn_t text(const char* value, char* place, unsigned int length)
{
    if (strlen(value) >= length) return INSUFFICIENT_SIZE;
    strcpy(place, value);
    return OK;
}

static nvmlReturn_t number(unsigned int value, unsigned int* place)
{
    if (tells_nothing) return NOT_SUPPORTED;
    *place = value;
    return OK;
}

static nvmlReturn_t list(int have, const unsigned int* ids, unsigned int* count, nvmlProcessInfo_t* infos)
{
    unsigned int room = *count;
    if (tells_nothing) return NOT_SUPPORTED;
    *count = have;
    if (room < (unsigned int)have) return INSUFFICIENT_SIZE;
    for (int i = 0; i < have; i++) {
        infos[i].pid = ids[i];
        infos[i].usedGpuMemory = ~0ull;
        infos[i].gpuInstanceId = infos[i].computeInstanceId = ~0u;
    }
    return OK;
}

nvmlReturn_t nvmlInit_v2(void) { if (init_result == OK) open_libraries++; return init_result; }
nvmlReturn_t nvmlShutdown(void) { open_libraries--; return OK; }
const char* nvmlErrorString(nvmlReturn_t result) { return result == NOT_FOUND ? "Not Found" : "Driver Not Loaded"; }
nvmlReturn_t nvmlSystemGetDriverVersion(char* version, unsigned int length) { return text("580.65.06", version, length); }
nvmlReturn_t nvmlDeviceGetCount_v2(unsigned int* count) { *count = 2; return OK; }
nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t* device) { *device = &devices[index]; return OK; }

nvmlReturn_t nvmlDeviceGetHandleByPciBusId_v2(const char* id, nvmlDevice_t* device)
{
    /* Four digits of the domain are as good as eight. */
    for (int i = 0; i < 2; i++)
        if (!strcasecmp(id, devices[i].bus) || !strcasecmp(id, devices[i].bus + 4)) { *device = &devices[i]; return OK; }
    return NOT_FOUND;
}

nvmlReturn_t nvmlDeviceGetHandleByUUID(const char* uuid, nvmlDevice_t* device)
{
    for (int i = 0; i < 2; i++)
        if (!strcmp(uuid, devices[i].uuid)) { *device = &devices[i]; return OK; }
    if (!strncmp(uuid, "MIG-", 4)) { *device = &devices[1]; return OK; }
    return NOT_FOUND;
}

nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t device, char* name, unsigned int length) { return text(device->name, name, length); }
nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t device, char* uuid, unsigned int length) { return text(device->uuid, uuid, length); }

nvmlReturn_t nvmlDeviceGetPciInfo_v3(nvmlDevice_t device, nvmlPciInfo_t* pci)
{
    memset(pci, 0xff, sizeof *pci);
    strcpy(pci->busId, device->bus);
    return OK;
}

nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t* memory)
{
    memory->total = 150754820096ull;
    memory->free = 1;
    memory->used = 2;
    return OK;
}

nvmlReturn_t nvmlDeviceGetMigMode(nvmlDevice_t device, unsigned int* current, unsigned int* pending)
{
    if (device == &devices[0]) return NOT_SUPPORTED;
    *current = mig_mode;
    *pending = 1;
    return OK;
}

nvmlReturn_t nvmlDeviceGetClockInfo(nvmlDevice_t device, nvmlClockType_t type, unsigned int* clock)
{
    return number((int)type == 1 ? device->clock : (int)type == 2 ? 3201 : 0, clock);
}

nvmlReturn_t nvmlDeviceGetMaxClockInfo(nvmlDevice_t device, nvmlClockType_t type, unsigned int* clock)
{
    return number((int)type == 1 ? device->clock + 5 : 0, clock);
}

nvmlReturn_t nvmlDeviceGetTemperature(nvmlDevice_t device, nvmlTemperatureSensors_t sensor, unsigned int* value)
{
    return number((int)sensor == 0 ? 61 : 0, value);
}

nvmlReturn_t nvmlDeviceGetPowerUsage(nvmlDevice_t device, unsigned int* power)
{
    int before = requests;
    for (int i = 0; waits_for_requests && requests < before + 2; i++) {
        if (i == 10000) return NOT_SUPPORTED;
        usleep(1000);
    }
    return number(549500, power);
}

nvmlReturn_t nvmlDeviceGetEnforcedPowerLimit(nvmlDevice_t device, unsigned int* limit) { return number(700000, limit); }

/* By the name that drivers before 2023 have. */
nvmlReturn_t nvmlDeviceGetCurrentClocksThrottleReasons(nvmlDevice_t device, unsigned long long* bits)
{
    if (tells_nothing) return NOT_SUPPORTED;
    *bits = reasons;
    return OK;
}

nvmlReturn_t nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t* rates)
{
    if (tells_nothing) return NOT_SUPPORTED;
    rates->gpu = 97;
    rates->memory = 40;
    return OK;
}

nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v3(nvmlDevice_t device, unsigned int* count, nvmlProcessInfo_t* infos)
{
    return list(compute_count, compute_processes, count, infos);
}

nvmlReturn_t nvmlDeviceGetGraphicsRunningProcesses_v3(nvmlDevice_t device, unsigned int* count, nvmlProcessInfo_t* infos)
{
    return list(graphics_count, graphics_processes, count, infos);
}

nvmlReturn_t nvmlDeviceGetTotalEccErrors(
    nvmlDevice_t device, nvmlMemoryErrorType_t type, nvmlEccCounterType_t counter, unsigned long long* count)
{
    if (tells_nothing) return NOT_SUPPORTED;
    *count = (int)type == 1 && (int)counter == 0 ? 2 : 99;
    return OK;
}
