// An execution provider in a library of its own, for tests: it computes Add, Mul and Relu of 32-bit floats on the processor, each node by
// itself, and leaves everything else to ONNX Runtime. It has no allocator, no arena and no data transfer: memory is the processor's.
//
// Macros make it misbehave: WRONG (results are off), CRASH (the process ends while it computes), REFUSE (it does not load), OLD (it says
// that it was built for an API older than plugins). With CONTEXT it can be compiled ahead:
// the model that it writes has EPContext nodes. With PARTIAL it compiles one node ahead and takes no other one beside it, and with LARGE it
// takes nodes of ten thousand numbers or more.
#include <array>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#ifdef PARTIAL
#define CONTEXT
#endif

#define ORT_API_MANUAL_INIT
#include <onnxruntime_cxx_api.h>

namespace {

constexpr const char* kName = "BenchTestExecutionProvider";
constexpr const char* kVendor = "Bench";
constexpr const char* kVersion = "1.2.3";
constexpr const char* kContextDomain = "com.microsoft";

#ifdef OLD
constexpr uint32_t kApi = 17;
#else
constexpr uint32_t kApi = ORT_API_VERSION;
#endif

template <typename Action>
OrtStatus* Guarded(Action action) noexcept {
  try {
    action();
    return nullptr;
  } catch (const Ort::Exception& e) {
    return Ort::Status(e).release();
  } catch (const std::exception& e) {
    return Ort::Status(e.what(), ORT_EP_FAIL).release();
  }
}

void Check(OrtStatus* status) { Ort::ThrowOnError(status); }

// One node.
struct Computation : OrtNodeComputeInfo {
  explicit Computation(std::string operation) : OrtNodeComputeInfo{}, operation_{std::move(operation)} {
    ort_version_supported = kApi;
    CreateState = [](OrtNodeComputeInfo* self, OrtNodeComputeContext*, void** state) noexcept -> OrtStatus* {
      *state = self;
      return nullptr;
    };
    Compute = [](OrtNodeComputeInfo* self, void*, OrtKernelContext* context) noexcept {
      return Guarded([&] { static_cast<Computation*>(self)->Run(context); });
    };
    ReleaseState = [](OrtNodeComputeInfo*, void*) noexcept {};
  }

 private:
  void Run(OrtKernelContext* raw) {
#ifdef CRASH
    std::abort();
#endif
    Ort::KernelContext context{raw};
    auto first = context.GetInput(0);
    auto shape = first.GetTensorTypeAndShapeInfo();
    auto output = context.GetOutput(0, shape.GetShape());
    const float* a = first.GetTensorData<float>();
    // A node that takes a value twice has it once.
    const float* b = context.GetInputCount() < 2 ? a : context.GetInput(1).GetTensorData<float>();
    float* out = output.GetTensorMutableData<float>();
    const size_t count = shape.GetElementCount();
    for (size_t i = 0; i < count; ++i) {
      out[i] = operation_ == "Relu" ? (a[i] > 0 ? a[i] : 0) : operation_ == "Add" ? a[i] + b[i] : a[i] * b[i];
#ifdef WRONG
      out[i] += 1;
#endif
    }
  }

  std::string operation_;
};

struct Provider : OrtEp {
  Provider(const OrtApi& api, bool writes_context) : OrtEp{}, api_{api}, writes_context_{writes_context} {
    ort_version_supported = kApi;
    GetName = [](const OrtEp*) noexcept { return kName; };
    GetCapability = [](OrtEp* self, const OrtGraph* graph, OrtEpGraphSupportInfo* support) noexcept {
      return Guarded([&] { static_cast<Provider*>(self)->Claim(graph, support); });
    };
    Compile = [](OrtEp* self, const OrtGraph** graphs, const OrtNode** fused, size_t count, OrtNodeComputeInfo** infos,
                 OrtNode** contexts) noexcept {
      return Guarded([&] {
        for (size_t i = 0; i < count; ++i) static_cast<Provider*>(self)->CompileOne(graphs[i], fused[i], infos + i, contexts + i);
      });
    };
    ReleaseNodeComputeInfos = [](OrtEp*, OrtNodeComputeInfo** infos, size_t count) noexcept {
      for (size_t i = 0; i < count; ++i) delete static_cast<Computation*>(infos[i]);
    };
  }

 private:
  static std::optional<std::vector<int64_t>> FloatShape(const Ort::ConstValueInfo& value) {
    auto type = value.TypeInfo();
    if (type.GetONNXType() != ONNX_TYPE_TENSOR) return std::nullopt;
    auto tensor = type.GetTensorTypeAndShapeInfo();
    if (tensor.GetElementType() != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT) return std::nullopt;
    auto shape = tensor.GetShape();
    for (auto length : shape)
      if (length < 0) return std::nullopt;
    return shape;
  }

  static std::string Attribute(const Ort::ConstNode& node, const char* name) {
    Ort::ConstOpAttr attribute;
    std::string value;
    return node.GetAttributeByName(name, attribute).IsOK() && attribute.GetValue(value).IsOK() ? value : "";
  }

  static bool CanCompute(const Ort::ConstNode& node) {
    const auto operation = node.GetOperatorType();
#ifdef CONTEXT
    if (operation == "EPContext") return Attribute(node, "source") == kName;
#endif
    if (!node.GetDomain().empty() || (operation != "Add" && operation != "Mul" && operation != "Relu")) return false;
    const auto inputs = node.GetInputs();
    const auto first = FloatShape(inputs[0]);
#ifdef LARGE
    int64_t count = 1;
    for (auto length : first.value_or(std::vector<int64_t>{0})) count *= length;
    if (count < 10000) return false;
#endif
    return first && (inputs.size() == 1 || FloatShape(inputs[1]) == first);
  }

  void Claim(const OrtGraph* graph, OrtEpGraphSupportInfo* support) {
    const auto nodes = Ort::ConstGraph{graph}.GetNodes();
#ifdef PARTIAL
    bool has_context = false, has_claimed = false;
    for (const auto& node : nodes) has_context |= node.GetOperatorType() == "EPContext";
#endif
    for (const auto& node : nodes) {
      if (!CanCompute(node)) continue;
#ifdef PARTIAL
      if (has_context ? node.GetOperatorType() != "EPContext" : writes_context_ && has_claimed) continue;
      has_claimed = true;
#endif
      OrtNodeFusionOptions options = {};
      options.ort_version_supported = kApi;
      const OrtNode* claimed = node;
      Check(api_.GetEpApi()->EpGraphSupportInfo_AddNodesToFuse(support, &claimed, 1, &options));
    }
  }

  void CompileOne(const OrtGraph* graph, const OrtNode* fused, OrtNodeComputeInfo** info, OrtNode** context) {
    const auto nodes = Ort::ConstGraph{graph}.GetNodes();
    const auto operation = nodes[0].GetOperatorType();
    const auto computed = operation == "EPContext" ? Attribute(nodes[0], "ep_cache_context") : operation;
#ifdef CONTEXT
    if (writes_context_) *context = Context(Ort::ConstNode{fused}, computed);
#else
    (void)fused, (void)context;
    if (writes_context_) throw std::runtime_error("compiled models are not supported");
#endif
    *info = new Computation(computed);
  }

#ifdef CONTEXT
  OrtNode* Context(const Ort::ConstNode& fused, const std::string& operation) {
    std::array<OrtOpAttr*, 4> attributes = {};
    const int64_t one = 1;
    Check(api_.CreateOpAttr("ep_cache_context", operation.data(), static_cast<int>(operation.size()), ORT_OP_ATTR_STRING, &attributes[0]));
    Check(api_.CreateOpAttr("main_context", &one, 1, ORT_OP_ATTR_INT, &attributes[1]));
    Check(api_.CreateOpAttr("embed_mode", &one, 1, ORT_OP_ATTR_INT, &attributes[2]));
    Check(api_.CreateOpAttr("source", kName, static_cast<int>(std::strlen(kName)), ORT_OP_ATTR_STRING, &attributes[3]));
    std::vector<std::string> names;
    for (const auto& value : fused.GetInputs()) names.push_back(value.GetName());
    const size_t inputs = names.size();
    for (const auto& value : fused.GetOutputs()) names.push_back(value.GetName());
    std::vector<const char*> all;
    for (const auto& name : names) all.push_back(name.c_str());
    OrtNode* node = nullptr;
    Check(api_.GetModelEditorApi()->CreateNode("EPContext", kContextDomain, fused.GetName().c_str(), all.data(), inputs,
                                               all.data() + inputs, all.size() - inputs, attributes.data(), attributes.size(), &node));
    return node;
  }
#endif

  const OrtApi& api_;
  bool writes_context_;
};

struct Factory : OrtEpFactory {
  explicit Factory(const OrtApi& api) : OrtEpFactory{}, api_{api} {
    ort_version_supported = kApi;
    GetName = [](const OrtEpFactory*) noexcept { return kName; };
    GetVendor = [](const OrtEpFactory*) noexcept { return kVendor; };
    GetVendorId = [](const OrtEpFactory*) noexcept { return 0xbe9cu; };
    GetVersion = [](const OrtEpFactory*) noexcept { return kVersion; };
    GetSupportedDevices = [](OrtEpFactory* self, const OrtHardwareDevice* const* devices, size_t count, OrtEpDevice** found, size_t most,
                             size_t* number) noexcept {
      return Guarded([&] { static_cast<Factory*>(self)->Devices(devices, count, found, most, number); });
    };
    CreateEp = [](OrtEpFactory* self, const OrtHardwareDevice* const*, const OrtKeyValuePairs* const*, size_t,
                  const OrtSessionOptions* options, const OrtLogger*, OrtEp** provider) noexcept {
      return Guarded([&] { *provider = new Provider(static_cast<Factory*>(self)->api_, WritesContext(options)); });
    };
    ReleaseEp = [](OrtEpFactory*, OrtEp* provider) noexcept { delete static_cast<Provider*>(provider); };
    CreateAllocator = [](OrtEpFactory*, const OrtMemoryInfo*, const OrtKeyValuePairs*, OrtAllocator** allocator) noexcept -> OrtStatus* {
      *allocator = nullptr;
      return nullptr;
    };
    ReleaseAllocator = [](OrtEpFactory*, OrtAllocator*) noexcept {};
    CreateDataTransfer = [](OrtEpFactory*, OrtDataTransferImpl** transfer) noexcept -> OrtStatus* {
      *transfer = nullptr;
      return nullptr;
    };
    IsStreamAware = [](const OrtEpFactory*) noexcept { return false; };
  }

 private:
  static bool WritesContext(const OrtSessionOptions* options) {
    Ort::ConstSessionOptions session{options};
    return session.GetConfigEntryOrDefault("ep.context_enable", "0") == "1";
  }

  void Devices(const OrtHardwareDevice* const* devices, size_t count, OrtEpDevice** found, size_t most, size_t* number) {
    *number = 0;
    for (size_t i = 0; i < count && *number < most; ++i) {
      if (api_.HardwareDevice_Type(devices[i]) != OrtHardwareDeviceType_CPU) continue;
      Ort::KeyValuePairs metadata;
      metadata.Add("colour", "green");
      Check(api_.GetEpApi()->CreateEpDevice(this, devices[i], metadata, nullptr, &found[*number]));
      ++*number;
    }
  }


  const OrtApi& api_;
};

}  // namespace

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT OrtStatus* CreateEpFactories(const char*, const OrtApiBase* base, const OrtLogger*, OrtEpFactory** factories, size_t most,
                                    size_t* number) {
  const OrtApi* api = base->GetApi(ORT_API_VERSION);
  Ort::InitApi(api);
#ifdef REFUSE
  return api->CreateStatus(ORT_EP_FAIL, "the test device is not plugged in");
#endif
  if (most < 1) return api->CreateStatus(ORT_INVALID_ARGUMENT, "there is no room for a factory");
  factories[0] = new Factory(*api);
  *number = 1;
  return nullptr;
}

EXPORT OrtStatus* ReleaseEpFactory(OrtEpFactory* factory) {
  delete static_cast<Factory*>(factory);
  return nullptr;
}
