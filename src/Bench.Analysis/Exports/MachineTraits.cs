namespace Bench.Analysis.Exports;

/// <summary>The names of what exports tell of a machine.</summary>
internal static class MachineTraits
{
    public const string Processor = "processor";
    public const string Cores = "logical cores";
    public const string PhysicalCores = "physical cores";
    public const string Architecture = "architecture";
    public const string SystemFamily = "operating system family";
    public const string System = "operating system";
    public const string Runtime = ".NET";
    public const string BenchmarkDotNet = "BenchmarkDotNet";
    public const string Configuration = "configuration";
}
