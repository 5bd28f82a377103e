using Bench.Analysis.Runs;
using Bench.Benchmarks.Progress;

namespace Bench.EndToEnd.Tests.Progress;

public class EngineComplaintsTests
{
    // As ONNX Runtime wrote it on a real GPU, with colours: 1,188 times in one run.
    private const string Plan =
        "\u001b[1;31m2026-11-26 11:14:32.384232623 [E:onnxruntime:CSharpOnnxRuntime, "
        + "cudnn_fe_call.cc:39 CudaErrString<cudnn_frontend::error_object>] "
        + "[cudnn_frontend] Error: No execution plans support the graph.\u001b[m";

    [Test]
    public void Add_TheSameAtOtherTimes_IsOneComplaint()
    {
        var complaints = new EngineComplaints();
        for (var i = 0; i < 1188; i++)
        {
            complaints.Add("cell", Plan.Replace("32.384232623", $"{i % 60:00}.{i:000000000}", StringComparison.Ordinal));
        }

        Assert.That(complaints.Of("cell"), Is.EqualTo(
            [new Complaint("[E:onnxruntime:CSharpOnnxRuntime, cudnn_fe_call.cc:39 CudaErrString<cudnn_frontend::error_object>] "
                + "[cudnn_frontend] Error: No execution plans support the graph.", 1188)]));
        Assert.That(complaints.Total, Is.EqualTo((1188, 1)));
    }

    [Test]
    public void Add_OtherNumbers_AreOneKindWhoseFirstLineIsKept()
    {
        var complaints = new EngineComplaints();
        complaints.Add("cell", "2026-11-26 11:14:32.384232: W node Conv_12 at 0x7f00beef is slow");
        complaints.Add("cell", "2026-11-26 11:14:33.000001: W node Conv_13 at 0x7f00bee0 is slow");
        complaints.Add("cell", "something else");
        complaints.Add("other", string.Empty);

        Assert.That(complaints.Of("cell"),
            Is.EqualTo([new Complaint("W node Conv_12 at 0x7f00beef is slow", 2), new Complaint("something else", 1)]));
        Assert.That(complaints.Of("other"), Is.Empty);
    }

    [Test]
    public void Add_FloodOfKinds_KeepsAFew()
    {
        var complaints = new EngineComplaints();
        for (var i = 0; i < 1000; i++)
        {
            complaints.Add("cell", new string((char)('a' + (i % 26)), 1 + (i / 26)) + new string('.', 1000));
        }

        Assert.That(complaints.Of("cell"), Has.Count.EqualTo(21));
        Assert.That(complaints.Of("cell")[0], Is.EqualTo(new Complaint("lines of other kinds", 980)), "none is lost from the count");
        Assert.That(complaints.Total, Is.EqualTo((1000, 1000)));
        Assert.That(complaints.Of("cell").Select(complaint => complaint.Text.Length), Has.All.LessThanOrEqualTo(301));
    }
}
