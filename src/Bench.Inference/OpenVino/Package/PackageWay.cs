using System.Reflection;
using System.Runtime.InteropServices;
using Bench.Inference.OpenVino.Native;
using OpenVinoSharp;

namespace Bench.Inference.OpenVino;

/// <content>The package's way; this folder is compiled with BENCH_OPENVINO=nuget alone.</content>
internal abstract partial class OpenVinoWay
{
    static partial void TakePackage(ref OpenVinoWay? package) => package = new PackageWay();

    /// <summary>OpenVINO.CSharp.API, by members that its versions 2024.0 and 2025.4 both have. What is asked of the C library beside it
    /// goes by <c>Ptr</c>: properties (the package's variadic calls are wrong on macOS for Arm), and profiles (2024.0 gives the first
    /// entry again and again).</summary>
    private sealed class PackageWay : OpenVinoWay
    {
        private static readonly Assembly Api = typeof(Core).Assembly;

        private string _path = string.Empty;

        public override string Name => $"OpenVINO.CSharp.API {Api.GetName().Version}";

        public override void Connect(string path, nint handle)
        {
            _path = path;
            try
            {
                NativeLibrary.SetDllImportResolver(
                    Api, (name, _, _) => name.Contains(OpenVinoApi.Library, StringComparison.OrdinalIgnoreCase) ? handle : 0);
            }
            catch (InvalidOperationException e)
            {
                throw new InferenceException($"{Name} finds its library by itself, and cannot be told which one to use. "
                    + "Leave BENCH_OPENVINO out to build without it.", e);
            }
        }

        public override IOpenVinoCore NewCore()
        {
            try
            {
                return PackageCalls.Guard("does not start", () => new PackageCore(new Core()));
            }
            catch (InferenceException e) when (e.InnerException is TypeInitializationException)
            {
                throw new InferenceException($"{e.Message} {Name} looks for the library itself, in {AppContext.BaseDirectory} among other "
                    + $"places: link {_path} there under the name that it looks for, or leave BENCH_OPENVINO out to build without it.", e);
            }
        }
    }
}
