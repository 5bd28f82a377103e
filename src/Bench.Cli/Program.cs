using System.Text;
using Bench.Cli;

Console.OutputEncoding = Encoding.UTF8;
return BenchCommand.Run(args, Console.Out, Console.Error);
