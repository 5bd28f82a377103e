namespace Bench.Tests;

/// <summary>Compares a text with a stored one. <c>BENCH_UPDATE_GOLDEN=1</c> stores it instead, to be reviewed as a diff.</summary>
internal static class Golden
{
    public static void Match(string actual, params string[] path)
    {
        var file = Repository.File(path);
        if (Environment.GetEnvironmentVariable("BENCH_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.That(actual, Is.EqualTo(File.ReadAllText(file)), $"differs from {file}; review, and set BENCH_UPDATE_GOLDEN=1 to store it");
    }
}
