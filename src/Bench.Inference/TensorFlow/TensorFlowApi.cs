using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bench.Inference.TensorFlow;

/// <summary>A place in a graph: an operation and the number of its output.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GraphPlace
{
    public nint Operation;
    public int Index;
}

/// <summary>Bytes that TensorFlow takes or gives.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ByteBuffer
{
    public nint Data;
    public nuint Length;
    public nint Deallocator;
}

/// <summary>TensorFlow's C API, as far as it is used.</summary>
/// <remarks>https://github.com/tensorflow/tensorflow/blob/master/tensorflow/c/c_api.h; it is stable through all of 2.x.</remarks>
internal static unsafe partial class TensorFlowApi
{
    /// <summary>The name that <see cref="TensorFlowLibrary"/> resolves.</summary>
    public const string Library = "tensorflow";

    [LibraryImport(Library, EntryPoint = "TF_Version")]
    public static partial nint Version();

    [LibraryImport(Library, EntryPoint = "TF_NewStatus")]
    public static partial nint NewStatus();

    [LibraryImport(Library, EntryPoint = "TF_DeleteStatus")]
    public static partial void DeleteStatus(nint status);

    [LibraryImport(Library, EntryPoint = "TF_GetCode")]
    public static partial int GetCode(nint status);

    [LibraryImport(Library, EntryPoint = "TF_Message")]
    public static partial nint Message(nint status);

    [LibraryImport(Library, EntryPoint = "TF_NewBuffer")]
    public static partial ByteBuffer* NewBuffer();

    [LibraryImport(Library, EntryPoint = "TF_DeleteBuffer")]
    public static partial void DeleteBuffer(ByteBuffer* buffer);

    [LibraryImport(Library, EntryPoint = "TF_NewGraph")]
    public static partial nint NewGraph();

    [LibraryImport(Library, EntryPoint = "TF_DeleteGraph")]
    public static partial void DeleteGraph(nint graph);

    [LibraryImport(Library, EntryPoint = "TF_NewImportGraphDefOptions")]
    public static partial nint NewImportGraphDefOptions();

    [LibraryImport(Library, EntryPoint = "TF_DeleteImportGraphDefOptions")]
    public static partial void DeleteImportGraphDefOptions(nint options);

    [LibraryImport(Library, EntryPoint = "TF_GraphImportGraphDef")]
    public static partial void ImportGraphDef(nint graph, ByteBuffer* graphDef, nint options, nint status);

    [LibraryImport(Library, EntryPoint = "TF_GraphOperationByName", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OperationByName(nint graph, string name);

    [LibraryImport(Library, EntryPoint = "TF_OperationOutputType")]
    public static partial int OutputType(GraphPlace place);

    [LibraryImport(Library, EntryPoint = "TF_GraphGetTensorNumDims")]
    public static partial int GetTensorNumDims(nint graph, GraphPlace place, nint status);

    [LibraryImport(Library, EntryPoint = "TF_GraphGetTensorShape")]
    public static partial void GetTensorShape(nint graph, GraphPlace place, long* dims, int count, nint status);

    [LibraryImport(Library, EntryPoint = "TF_NewSessionOptions")]
    public static partial nint NewSessionOptions();

    [LibraryImport(Library, EntryPoint = "TF_DeleteSessionOptions")]
    public static partial void DeleteSessionOptions(nint options);

    [LibraryImport(Library, EntryPoint = "TF_SetConfig")]
    public static partial void SetConfig(nint options, byte* proto, nuint length, nint status);

    [LibraryImport(Library, EntryPoint = "TF_NewSession")]
    public static partial nint NewSession(nint graph, nint options, nint status);

    [LibraryImport(Library, EntryPoint = "TF_CloseSession")]
    public static partial void CloseSession(nint session, nint status);

    [LibraryImport(Library, EntryPoint = "TF_DeleteSession")]
    public static partial void DeleteSession(nint session, nint status);

    [LibraryImport(Library, EntryPoint = "TF_SessionRun")]
    public static partial void SessionRun(
        nint session,
        ByteBuffer* runOptions,
        GraphPlace* inputs,
        nint* inputValues,
        int inputCount,
        GraphPlace* outputs,
        nint* outputValues,
        int outputCount,
        nint* targets,
        int targetCount,
        ByteBuffer* runMetadata,
        nint status);

    [LibraryImport(Library, EntryPoint = "TF_AllocateTensor")]
    public static partial nint AllocateTensor(int type, long* dims, int count, nuint length);

    [LibraryImport(Library, EntryPoint = "TF_TensorData")]
    public static partial void* TensorData(nint tensor);

    [LibraryImport(Library, EntryPoint = "TF_TensorByteSize")]
    public static partial nuint TensorByteSize(nint tensor);

    [LibraryImport(Library, EntryPoint = "TF_DeleteTensor")]
    public static partial void DeleteTensor(nint tensor);

    /// <exception cref="InferenceException">The status is not OK; the message has TensorFlow's own words.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThrowIfFailed(nint status, string what)
    {
        if (GetCode(status) != 0)
        {
            Throw(status, what);
        }
    }

    private static void Throw(nint status, string what) =>
        throw new InferenceException($"TensorFlow {what}: {Marshal.PtrToStringUTF8(Message(status))}");
}
