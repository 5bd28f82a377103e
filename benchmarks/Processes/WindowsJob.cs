using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Bench.Benchmarks.Processes;

/// <summary>Windows' way to end a process with all that it started: a job object, which ends what is in it when it is closed.</summary>
/// <remarks>https://learn.microsoft.com/windows/win32/procthread/job-objects.</remarks>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class WindowsJob : IDisposable
{
    private const int ExtendedLimitInformation = 9;
    private const uint KillOnClose = 0x2000;

    private readonly SafeFileHandle _job;

    private WindowsJob(SafeFileHandle job) => _job = job;

    /// <summary>Puts a process into a job of its own.</summary>
    /// <param name="process">The process, just started.</param>
    /// <returns>The job; null if Windows refuses.</returns>
    public static WindowsJob? TryCreate(Process process)
    {
        var job = new SafeFileHandle(CreateJobObject(0, 0), ownsHandle: true);
        var limits = default(ExtendedLimits);
        limits.Basic.LimitFlags = KillOnClose;
        if (!job.IsInvalid
            && SetInformationJobObject(job, ExtendedLimitInformation, &limits, (uint)sizeof(ExtendedLimits))
            && AssignProcessToJobObject(job, process.SafeHandle))
        {
            return new WindowsJob(job);
        }

        job.Dispose();
        return null;
    }

    public void Dispose() => _job.Dispose();

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true)]
    private static partial nint CreateJobObject(nint attributes, nint name);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(SafeFileHandle job, int kind, void* information, uint length);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(SafeFileHandle job, SafeProcessHandle process);

    [StructLayout(LayoutKind.Sequential)]
    private struct BasicLimits
    {
        public long ProcessTime;
        public long JobTime;
        public uint LimitFlags;
        public nuint MinimumWorkingSet;
        public nuint MaximumWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public BasicLimits Basic;
        public fixed ulong Counters[6];
        public nuint ProcessMemory;
        public nuint JobMemory;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }
}
