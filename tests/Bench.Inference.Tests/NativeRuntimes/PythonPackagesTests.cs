using Bench.Inference.NativeRuntimes;

namespace Bench.Inference.Tests.NativeRuntimes;

public class PythonPackagesTests
{
    [Test]
    public void Find_PythonOnTheSearchPath_HasItsPackages()
    {
        using var folder = new TemporaryFolder();
        var package = Directory.CreateDirectory(folder.File(Path.Combine("one", "lib", "python3.13", "site-packages", "engine"))).FullName;
        Directory.CreateDirectory(folder.File(Path.Combine("other", "lib", "python3.13", "site-packages", "engine")));
        var programs = Directory.CreateDirectory(folder.File(Path.Combine("one", "bin"))).FullName;
        File.WriteAllText(Path.Combine(programs, "python3"), string.Empty);
        var none = Directory.CreateDirectory(folder.File(Path.Combine("other", "bin"))).FullName;

        Assert.That(PythonPackages.Find("engine", string.Join(Path.PathSeparator, none, programs)), Is.EqualTo([package]));
    }

    [Test]
    public void Find_PythonOfWindowsOnTheSearchPath_HasItsPackages()
    {
        using var folder = new TemporaryFolder();
        var package = Directory.CreateDirectory(folder.File(Path.Combine("Lib", "site-packages", "engine"))).FullName;
        File.WriteAllText(folder.File("python.exe"), string.Empty);

        Assert.That(PythonPackages.Find("engine", folder.Path), Is.EqualTo([package]));
    }
}
