using System.Reflection;
using System.Runtime.Loader;
using Bench.Inference.OpenVino;

namespace Bench.Inference.Tests.OpenVino;

/// <summary>The signatures that Bench compiles against where no feed serves OpenVINO.CSharp.API, and the package where one does.</summary>
public class OpenVinoApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static string Signatures => Directory.GetFiles(
        Repository.File("src", "Bench.OpenVino", "bin"), OpenVinoLibrary.ApiAssembly + ".dll", SearchOption.AllDirectories)
        .Where(path => !Path.GetFileName(Path.GetDirectoryName(path)!).StartsWith("ref", StringComparison.Ordinal))
        .OrderByDescending(File.GetLastWriteTimeUtc).First();

    [Test]
    public void Signatures_AreNeverBesideTheProgram()
    {
        if (OpenVinoLibrary.Api() is not null)
        {
            Assert.Ignore("this build has the package itself");
        }

        Assert.That(Directory.GetFiles(AppContext.BaseDirectory, OpenVinoLibrary.ApiAssembly + ".*"), Is.Empty);
    }

    [Test]
    public void Signatures_AreThoseOfThePackage()
    {
        if (OpenVinoLibrary.Api() is not { } package)
        {
            Assert.Ignore("the configured NuGet feeds do not serve OpenVINO.CSharp.API");
            return;
        }

        var ours = new AssemblyLoadContext("signatures").LoadFromAssemblyPath(Signatures);
        var faults = new List<string>();
        foreach (var type in ours.GetExportedTypes())
        {
            if (package.GetType(type.FullName!) is not { } real)
            {
                faults.Add($"no type {type.FullName}");
                continue;
            }

            if (type.IsEnum)
            {
                // Of a long list only the first part is copied; the numbers must be the same.
                faults.AddRange(Enum.GetNames(type)
                    .Where(name => !Enum.TryParse(real, name, out var value)
                        || Convert.ToInt64(value) != Convert.ToInt64(Enum.Parse(type, name)))
                    .Select(name => $"{type.FullName}.{name} has another number"));
                continue;
            }

            // Read by the marshaller, field after field.
            if (type.IsValueType && !type.GetFields().Select(field => field.Name)
                .SequenceEqual(real.GetFields(Declared & ~BindingFlags.Static).Select(field => field.Name)))
            {
                faults.Add($"{type.FullName} has other fields");
            }

            var found = real.GetMembers(Declared | BindingFlags.NonPublic).Select(member => member.ToString()).ToHashSet();
            faults.AddRange(type.GetMembers(Declared)
                .Where(member => member is not Type && !IsImplicit(member) && !found.Contains(member.ToString()))
                .Select(member => $"{type.FullName} has no {member}"));
            // A call is ambiguous there if it is ambiguous here only when all overloads are copied.
            faults.AddRange(from member in type.GetMembers(Declared).Where(member => member is MethodBase && !IsImplicit(member))
                            group member by member.Name into overloads
                            let there = real.GetMember(overloads.Key, Declared).Count(member => !IsImplicit(member))
                            where type.Name != "Type" && overloads.Count() != there
                            select $"{type.FullName}.{overloads.Key} has {there} overloads; {overloads.Count()} are copied");
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
        Assert.That(ours.GetName().Version, Is.EqualTo(package.GetName().Version));
    }

    // The compiler writes a constructor without parameters where there is none.
    private static bool IsImplicit(MemberInfo member) => member is ConstructorInfo constructor && constructor.GetParameters().Length == 0;

    [TestCase("jit_avx512_f32", "f32")]
    [TestCase("jit_avx2_FP32", "f32")]
    [TestCase("brgemm_avx512_amx_bf16", "bf16")]
    [TestCase("acl_f16", "f16")]
    [TestCase("jit_avx512_I8", "i8")]
    [TestCase("unknown", "unknown")]
    [TestCase(null, "")]
    public void ElementTypeOf_ImplementationsName_IsItsEnd(string? implementation, string expected) =>
        Assert.That(OpenVinoTypes.ElementTypeOf(implementation), Is.EqualTo(expected));

    [Test]
    public void Check_NothingHere_SaysWhatIsMissingAndWhatToDo()
    {
        var check = new OpenVinoBackend("CPU", []).Check();

        Assert.That(check.IsAvailable, Is.False);
        Assert.That(check.Reason, OpenVinoLibrary.Api() is null
            ? Does.Contain("no OpenVINO.CSharp.API").And.Contain("BENCH_OPENVINO")
            : Does.Contain("OPENVINO_LIB_PATHS"));
    }

    [Test]
    public void Places_AllOfThem_AreNamedInOrder() => Assert.That(
        OpenVinoLibrary.Places.Select(place => place.Name),
        Is.EqualTo(["OPENVINO_LIB_PATHS", "INTEL_OPENVINO_DIR", "openvino in Python's packages", "the library search path",
            "/opt/intel/openvino*", "/usr/lib", "NuGet's package OpenVINO.runtime"]));

    [Test]
    public void FoldersFor_IntelsArchive_HasTheThreadLibraryToo()
    {
        using var folder = new TemporaryFolder();
        var library = Path.Combine(folder.Path, "runtime", "lib", "intel64");
        Directory.CreateDirectory(library);
        Directory.CreateDirectory(Path.Combine(folder.Path, "runtime", "3rdparty", "tbb", "lib"));

        var folders = OpenVinoLibrary.FoldersFor(Path.Combine(library, "libopenvino_c.so"));

        Assert.That(
            folders.Select(Path.GetFullPath), Is.EqualTo([library, Path.Combine(folder.Path, "runtime", "3rdparty", "tbb", "lib")]));
    }
}
