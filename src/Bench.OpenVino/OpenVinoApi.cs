// What Bench calls of OpenVINO.CSharp.API 2024.0.0.1 (https://github.com/guojin-yan/OpenVINO-CSharp-API, Apache licence 2.0):
// signatures, no code. What is called has all its overloads, so that calls are ambiguous here where they are there.

namespace OpenVinoSharp
{
    public enum ExceptionStatus
    {
        OK = 0,
    }

    public enum ElementType : uint
    {
        UNDEFINED = 0U,
        DYNAMIC,
        BOOLEAN,
        BF16,
        F16,
        F32,
        F64,
        I4,
        I8,
        I16,
        I32,
        I64,
        U1,
        U4,
        U8,
        U16,
        U32,
        U64,
    }

    public enum PropertyKey
    {
        SUPPORTED_PROPERTIES,
        AVAILABLE_DEVICES,
        OPTIMAL_NUMBER_OF_INFER_REQUESTS,
        RANGE_FOR_ASYNC_INFER_REQUESTS,
        RANGE_FOR_STREAMS,
        FULL_DEVICE_NAME,
    }

    public struct Version
    {
        public string buildNumber;
        public string description;
    }

    public static partial class Ov
    {
        public static Version get_openvino_version() => throw null;

        public struct ProfilingInfo
        {
            public enum Status
            {
                NOT_RUN,
                OPTIMIZED_OUT,
                EXECUTED,
            }

            public Status status;
            public ulong real_time;
            public ulong cpu_time;
            public string node_name;
            public string exec_type;
            public string node_type;
        }

        public struct ov_profiling_info_list
        {
            public IntPtr profiling_infos;
            public ulong size;
        }
    }

    namespace element
    {
        public class Type
        {
            public Type(ElementType t) => throw null;

            public Type(Type t) => throw null;

            public Type(string type) => throw null;
        }
    }

    public class OvType : element.Type
    {
        public OvType(ElementType t)
            : base(t) => throw null;

        public OvType(OvType t)
            : base(t) => throw null;

        public OvType(string type)
            : base(type) => throw null;
    }

    public class Core : IDisposable
    {
        public Core(string xml_config_file = null) => throw null;

        public void Dispose() => throw null;

        public Model read_model(string model_path, string bin_path = "") => throw null;

        public Model read_model(string model_path, Tensor weights) => throw null;

        public Model read_model(byte[] model_str, Tensor weights) => throw null;

        public CompiledModel compile_model(Model model, Dictionary<string, string> properties = null) => throw null;

        public CompiledModel compile_model(string model_path, Dictionary<string, string> properties = null) => throw null;

        public CompiledModel compile_model(string model_path, string device_name, Dictionary<string, string> properties = null) =>
            throw null;

        public CompiledModel compile_model(Model model, string device_name, Dictionary<string, string> properties = null) => throw null;

        public void set_property(string device_name, KeyValuePair<string, string> properties) => throw null;

        public void set_property(string device_name, Dictionary<string, string> properties) => throw null;

        public string get_property(string device_name, PropertyKey key) => throw null;

        public List<string> get_available_devices() => throw null;
    }

    public class Model : IDisposable
    {
        public void Dispose() => throw null;

        public ulong get_inputs_size() => throw null;

        public ulong get_outputs_size() => throw null;
    }

    public class CompiledModel : IDisposable
    {
        public void Dispose() => throw null;

        public InferRequest create_infer_request() => throw null;

        public string get_property(string property_key) => throw null;
    }

    public class InferRequest : IDisposable
    {
        public IntPtr Ptr { get => throw null; set => throw null; }

        public void Dispose() => throw null;

        public void set_input_tensor(Tensor tensor) => throw null;

        public void set_input_tensor(ulong index, Tensor tensor) => throw null;

        public void set_output_tensor(ulong index, Tensor tensor) => throw null;

        public void set_output_tensor(Tensor tensor) => throw null;

        public void infer() => throw null;
    }

    public class Tensor : IDisposable
    {
        public Tensor(OvType type, Shape shape, IntPtr host_ptr) => throw null;

        public Tensor(OvType type, Shape shape) => throw null;

        public Tensor(element.Type type, Shape shape, IntPtr host_ptr) => throw null;

        public Tensor(element.Type type, Shape shape) => throw null;

        public Tensor(OvType type, Shape shape, byte[] mat) => throw null;

        public Tensor(element.Type type, Shape shape, byte[] mat) => throw null;

        public Tensor(Shape shape, float[] mat) => throw null;

        public Tensor(Shape shape, double[] mat) => throw null;

        public Tensor(Shape shape, int[] mat) => throw null;

        public Tensor(Shape shape, short[] mat) => throw null;

        public Tensor(Shape shape, long[] mat) => throw null;

        public Tensor(IntPtr ptr) => throw null;

        public Tensor() => throw null;

        public Tensor(Tensor tensor) => throw null;

        public void Dispose() => throw null;

        public ulong get_byte_size() => throw null;
    }

    public class Shape : List<long>, IDisposable
    {
        public Shape(IntPtr ptr) => throw null;

        public Shape(List<long> axis_lengths) => throw null;

        public Shape(long[] axis_lengths) => throw null;

        public Shape(params int[] data) => throw null;

        public void Dispose() => throw null;
    }

    public partial class NativeMethods
    {
        public static ExceptionStatus ov_infer_request_get_profiling_info(IntPtr infer_request, IntPtr profiling_infos) => throw null;

        public static ExceptionStatus ov_profiling_info_list_free(IntPtr profiling_infos) => throw null;
    }
}
