using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.CsProj;
using BenchmarkDotNet.Toolchains.DotNetCli;
using BenchmarkDotNet.Toolchains.Parameters;
using BenchmarkDotNet.Toolchains.Results;

namespace Bench.Benchmarks.Configs;

/// <summary>Hears when a process starts and ends.</summary>
internal interface ILaunchWatcher
{
    /// <summary>A launch is about to start.</summary>
    /// <returns>False to skip it, because the user wants to stop or the cell has failed before.</returns>
    bool Starting(BenchmarkCase benchmark);

    void Ended(BenchmarkCase benchmark, ExecuteResult result);
}

/// <summary>BenchmarkDotNet's default toolchain, a process per launch, with somebody watching.</summary>
internal sealed class WatchedToolchain : Toolchain
{
    private WatchedToolchain(IToolchain inner, ILaunchWatcher watcher)
        : base(inner.Name, inner.Generator, inner.Builder, new WatchedExecutor(inner.Executor, watcher))
    {
    }

    public static WatchedToolchain Create(ILaunchWatcher watcher) =>
        new(CsProjCoreToolchain.From(new NetCoreAppSettings("net10.0", null, ".NET 10.0")), watcher);

    private sealed class WatchedExecutor(IExecutor inner, ILaunchWatcher watcher) : IExecutor
    {
        public ExecuteResult Execute(ExecuteParameters executeParameters)
        {
            if (!watcher.Starting(executeParameters.BenchmarkCase))
            {
                return new ExecuteResult(true, 1, null, [], [], [], executeParameters.LaunchIndex);
            }

            var result = inner.Execute(executeParameters);
            watcher.Ended(executeParameters.BenchmarkCase, result);
            return result;
        }
    }
}
