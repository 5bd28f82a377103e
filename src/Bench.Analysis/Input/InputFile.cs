namespace Bench.Analysis.Input;

/// <summary>Reads what users bring, and says in one way what is wrong with a file as a file.</summary>
internal static class InputFile
{
    /// <summary>Reads a file unless it is too large to be what it should be.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="maximumBytes">How long it may be.</param>
    /// <param name="tooLarge">What is said of one that is longer, by its length.</param>
    /// <param name="read">Reads it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="RunFormatException">It is missing, cannot be read, or is too large.</exception>
    public static T Read<T>(string path, long maximumBytes, Func<long, string> tooLarge, Func<T> read)
    {
        if (Directory.Exists(path))
        {
            throw new RunFormatException(path, "found a folder; expected a file.");
        }

        try
        {
            var length = new FileInfo(path).Length;
            return length <= maximumBytes ? read() : throw new RunFormatException(path, tooLarge(length));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFormatException(path, e.Message, e);
        }
    }
}
