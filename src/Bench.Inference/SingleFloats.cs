using System.Runtime.InteropServices;

namespace Bench.Inference;

/// <summary>Executions of networks of which the first input, and every output that is asked for, are 32-bit floats.</summary>
public static class SingleFloats
{
    /// <summary>Makes the only input of a network ready to be run.</summary>
    /// <param name="execution">An execution of the network.</param>
    /// <param name="values">The input's values; copied.</param>
    /// <returns>See <see cref="IExecution.Bind"/>.</returns>
    /// <exception cref="InferenceException">They do not fit the network.</exception>
    public static IBoundInput BindFloats(this IExecution execution, ReadOnlySpan<float> values) => execution.Bind([Pinned(values)]);

    /// <summary>What the last run gave.</summary>
    /// <param name="execution">An execution of the network.</param>
    /// <param name="index">Which output.</param>
    /// <returns>Its values, until the next run.</returns>
    public static ReadOnlySpan<float> Floats(this IExecution execution, int index = 0) =>
        MemoryMarshal.Cast<byte, float>(execution.Output(index));

    /// <summary>Values in memory that stays where it is.</summary>
    /// <param name="values">The values.</param>
    /// <returns>Their bytes.</returns>
    public static byte[] Pinned(ReadOnlySpan<float> values)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked(values.Length * sizeof(float)), pinned: true);
        MemoryMarshal.AsBytes(values).CopyTo(bytes);
        return bytes;
    }
}
