using Bench.Inference.OnnxRuntime;
using Bench.Inference.Settings;
using Bench.Inference.OnnxRuntime.Cpu;
using Microsoft.ML.OnnxRuntime;

namespace Bench.Inference.Tests.OnnxRuntime;

public class OrtSessionTests
{
    private static readonly OrtBackend Backend = new(new CpuProvider("ort-cpu", optimised: true), TestRuntimes.Find());

    [Test]
    public void NewExecution_SessionThatTakesOneAlone_RefusesAnotherAlsoAfterTheFirst()
    {
        using var folder = new TemporaryFolder();
        var request = TinyModel.Request(folder.Write("abs.onnx", TinyModel.OneNode("Abs", [1, 3, 4, 4])));
        using var options = Backend.Options(request, out _);
        using var session = OrtSession.Load(request, options, new OneExecution(), SessionFacts.None);
        session.NewExecution().Dispose();

        Assert.That(() => session.NewExecution(),
            Throws.TypeOf<InferenceException>().With.Message.Contains("found a second execution").And.Message.Contains("for each stream"));
    }

    private sealed class OneExecution : OrtProvider
    {
        public override string BackendId => "one";

        public override string Description => "a provider whose sessions have one execution";

        public override string Key => "cpu";

        public override string ProfileName => "CPUExecutionProvider";

        public override string Remedy => string.Empty;

        public override bool HasOneExecution(SessionRequest request) => true;

        public override SessionSettings Written(SessionSettings settings, SessionRequest request) => settings;

        public override OrtSetup Configure(SessionOptions options, SessionRequest request) =>
            OrtSetup.AsAsked(new Dictionary<string, string>(), request);
    }
}
