using Bench.Benchmarks.Host;
using Bench.Inference.OnnxRuntime.Plugins;

namespace Bench.EndToEnd.Tests.Host;

/// <summary>Which libraries with execution providers a user named, and where.</summary>
public class PluginLibrariesTests
{
    private readonly List<string> _faults = [];

    [SetUp]
    public void Clear() => _faults.Clear();

    [Test]
    public void Read_CommandLine_OverrulesTheVariable()
    {
        var found = PluginLibraries.Read(["vino=a.so"], $"vino=b.so{Path.PathSeparator}rtx=c.so", _faults, out _);

        Assert.That(_faults, Is.Empty);
        Assert.That(found, Is.EqualTo([
            new PluginLibrary("vino", Path.GetFullPath("a.so")), new PluginLibrary("rtx", Path.GetFullPath("c.so"))]));
        Assert.That(found.Select(library => library.BackendId), Is.EqualTo(["ort-vino", "ort-rtx"]));
    }

    /// <summary>Paths begin where the file lies; lines may be empty, or for people.</summary>
    [Test]
    public void Read_File_HasOneALine()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("providers.txt", "# Intel\nvino=lib/a.so\n\n  rtx=/opt/b.so  \nwhat is this\n");

        var found = PluginLibraries.Read([file], null, _faults, out _);

        Assert.That(found.Select(library => (library.Name, library.Path)), Is.EqualTo([
            ("vino", folder.File(Path.Combine("lib", "a.so"))), ("rtx", Path.GetFullPath("/opt/b.so"))]));
        Assert.That(_faults.Single(), Does.StartWith($"{file}, line 5: found 'what is this'; expected NAME=PATH"));
    }

    [Test]
    public void Read_LibraryWithoutAName_IsNotTakenForAList()
    {
        using var folder = new TemporaryFolder();
        var library = folder.Write("libmine.so", [0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 0, 10, 0]);

        Assert.That(PluginLibraries.Read([library], null, _faults, out _), Is.Empty);
        Assert.That(
            _faults.Single(), Is.EqualTo($"{library} is no list of libraries; to measure it give it a name, as in NAME={library}."));
    }

    /// <summary>What a file names that the variable names is not the command line's.</summary>
    [Test]
    public void Read_FileInTheVariable_IsOverruledByTheCommandLine()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("providers.txt", "vino=/opt/b.so\n");

        var found = PluginLibraries.Read(["vino=a.so"], file, _faults, out var named);

        Assert.That(_faults, Is.Empty);
        Assert.That((found.Single().Path, named.Single().Path), Is.EqualTo((Path.GetFullPath("a.so"), Path.GetFullPath("a.so"))));
    }

    [TestCase("a.so")]
    [TestCase("Vino=a.so")]
    [TestCase("vino=")]
    [TestCase("cuda=a.so", Description = "a backend that Bench knows by itself")]
    [TestCase("cpu-unoptimized=a.so")]
    [TestCase("a b=c.so")]
    public void Read_WhatNamesNoLibrary_IsAFault(string text)
    {
        Assert.That(PluginLibraries.Read([text], null, _faults, out _), Is.Empty);
        Assert.That(_faults.Single(), Does.StartWith($"--ep-library: found '{text}'; expected NAME=PATH"));
    }

    [Test]
    public void Read_NameTwice_IsAFault()
    {
        PluginLibraries.Read(["a=1.so", "a=2.so"], null, _faults, out _);

        Assert.That(_faults.Single(), Is.EqualTo("--ep-library: found the name 'a' 2 times; names must be unique."));
    }
}
