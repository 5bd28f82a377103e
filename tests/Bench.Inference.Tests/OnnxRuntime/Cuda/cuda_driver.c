/* The entry points of NVIDIA's driver that Bench calls, for tests of how Bench calls them where there is no NVIDIA GPU. */
#include <string.h>

int init_result; /* set by the test */

int cuInit(unsigned flags) { return init_result; }
int cuDriverGetVersion(int* version) { *version = 13010; return 0; }
int cuDeviceGetCount(int* count) { *count = 2; return 0; }
int cuDeviceGet(int* device, int ordinal) { *device = ordinal; return 0; }
int cuDeviceGetName(char* name, int length, int device)
{
    strncpy(name, device ? "Stand-in T4" : "Stand-in H200", length);
    return 0;
}
int cuDeviceGetPCIBusId(char* id, int length, int device)
{
    if (device) return 1;
    strncpy(id, "0000:18:00.0", length);
    return 0;
}
int cuDeviceGetUuid_v2(unsigned char* uuid, int device)
{
    for (int i = 0; i < 16; i++) uuid[i] = i * 17 + device;
    return 0;
}
int cuDeviceGetAttribute(int* value, int attribute, int device)
{
    if (attribute != 75) return 1; /* CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR */
    *value = device ? 7 : 9;
    return 0;
}
