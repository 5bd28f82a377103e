using Bench.Cli;

return BenchCommand.Run(args, Console.Out, Console.Error);
