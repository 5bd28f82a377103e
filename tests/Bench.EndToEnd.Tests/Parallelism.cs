// Most of a test's time is that of a program that it started and waits for. Tests that publish, build or change what
// belongs to the whole process say that they run alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
