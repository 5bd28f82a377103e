using System.Runtime.InteropServices;

namespace Bench.Inference.OpenVino.Native;

/// <summary>OpenVINO's C API, as far as it is used. It is the same from 2024 to 2026, but for the numbers of element types
/// (<see cref="OpenVinoElements"/>).</summary>
/// <remarks>https://github.com/openvinotoolkit/openvino/tree/master/src/bindings/c/include/openvino/c. What returns a number returns 0 if
/// all went well; see <see cref="OpenVinoStatus"/>.</remarks>
internal static unsafe partial class OpenVinoApi
{
    /// <summary>The name that <see cref="OpenVinoLibrary"/> resolves.</summary>
    public const string Library = "openvino_c";

    [LibraryImport(Library, EntryPoint = "ov_get_last_err_msg")]
    public static partial nint GetLastErrorMessage();

    [LibraryImport(Library, EntryPoint = "ov_free")]
    public static partial void Free(nint text);

    [LibraryImport(Library, EntryPoint = "ov_get_openvino_version")]
    public static partial int GetVersion(VersionTexts* version);

    [LibraryImport(Library, EntryPoint = "ov_version_free")]
    public static partial void FreeVersion(VersionTexts* version);

    [LibraryImport(Library, EntryPoint = "ov_core_create")]
    public static partial int CreateCore(nint* core);

    [LibraryImport(Library, EntryPoint = "ov_core_free")]
    public static partial void FreeCore(nint core);

    [LibraryImport(Library, EntryPoint = "ov_core_get_available_devices")]
    public static partial int GetAvailableDevices(nint core, TextList* devices);

    [LibraryImport(Library, EntryPoint = "ov_available_devices_free")]
    public static partial void FreeAvailableDevices(TextList* devices);

    [LibraryImport(Library, EntryPoint = "ov_core_get_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetProperty(nint core, string device, string key, nint* value);

    /// <summary><c>ov_status_e ov_core_set_property(core, device, ...)</c>: key and value are variadic, which on all systems but one is to
    /// pass them like others. See <see cref="SetPropertyOnStack"/>.</summary>
    [LibraryImport(Library, EntryPoint = "ov_core_set_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetProperty(nint core, string device, string key, string value);

    /// <summary>The same for macOS on Arm, where variadic arguments lie on the stack: six arguments fill the registers, so that key and
    /// value come to lie there. https://developer.apple.com/documentation/xcode/writing-arm64-code-for-apple-platforms.</summary>
    [LibraryImport(Library, EntryPoint = "ov_core_set_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetPropertyOnStack(
        nint core, string device, nint x2, nint x3, nint x4, nint x5, nint x6, nint x7, string key, string value);

    /// <summary>Properties would follow, two arguments each; there are none: they are set before.</summary>
    [LibraryImport(Library, EntryPoint = "ov_core_compile_model_from_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CompileModel(nint core, string path, string device, nuint propertyArguments, nint* compiled);

    [LibraryImport(Library, EntryPoint = "ov_compiled_model_free")]
    public static partial void FreeCompiledModel(nint compiled);

    [LibraryImport(Library, EntryPoint = "ov_compiled_model_inputs_size")]
    public static partial int CountInputs(nint compiled, nuint* count);

    [LibraryImport(Library, EntryPoint = "ov_compiled_model_outputs_size")]
    public static partial int CountOutputs(nint compiled, nuint* count);

    [LibraryImport(Library, EntryPoint = "ov_compiled_model_get_property", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GetCompiledProperty(nint compiled, string key, nint* value);

    [LibraryImport(Library, EntryPoint = "ov_compiled_model_create_infer_request")]
    public static partial int CreateInferRequest(nint compiled, nint* request);

    [LibraryImport(Library, EntryPoint = "ov_infer_request_free")]
    public static partial void FreeInferRequest(nint request);

    [LibraryImport(Library, EntryPoint = "ov_infer_request_set_input_tensor_by_index")]
    public static partial int SetInputTensor(nint request, nuint index, nint tensor);

    [LibraryImport(Library, EntryPoint = "ov_infer_request_set_output_tensor_by_index")]
    public static partial int SetOutputTensor(nint request, nuint index, nint tensor);

    [LibraryImport(Library, EntryPoint = "ov_infer_request_infer")]
    public static partial int Infer(nint request);

    [LibraryImport(Library, EntryPoint = "ov_infer_request_get_profiling_info")]
    public static partial int GetProfile(nint request, ProfileList* list);

    [LibraryImport(Library, EntryPoint = "ov_profiling_info_list_free")]
    public static partial void FreeProfile(ProfileList* list);

    [LibraryImport(Library, EntryPoint = "ov_tensor_create")]
    public static partial int CreateTensor(int type, ShapeView shape, nint* tensor);

    [LibraryImport(Library, EntryPoint = "ov_tensor_create_from_host_ptr")]
    public static partial int CreateTensorOn(int type, ShapeView shape, nint memory, nint* tensor);

    [LibraryImport(Library, EntryPoint = "ov_tensor_get_byte_size")]
    public static partial int GetByteSize(nint tensor, nuint* bytes);

    [LibraryImport(Library, EntryPoint = "ov_tensor_free")]
    public static partial void FreeTensor(nint tensor);
}
