using Bench.Benchmarks.Loads;

namespace Bench.EndToEnd.Tests.Loads;

/// <summary>A server that all requests in flight share: with two each takes twice as long. They are served in slices of a millisecond.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="streams">How many streams there are; each begins with another part of a request, as it comes to be in the long run.</param>
internal sealed class SharedServer(VirtualTime time, int streams)
{
    private const double SliceUs = 1000;

    private int _inFlight;
    private int _made;

    /// <summary>A stream of requests.</summary>
    /// <param name="us">How long one takes that is alone, in microseconds.</param>
    public IRequestStream Stream(double us) => new ServedStream(this, us, us * ++_made / streams);

    private void Serve(double us)
    {
        _inFlight++;
        for (var left = us; left > 0; left -= SliceUs / _inFlight)
        {
            time.Serve((long)SliceUs);
        }

        _inFlight--;
    }

    private sealed class ServedStream(SharedServer server, double us, double firstUs) : IRequestStream
    {
        private bool _hasBegun;

        public void Next()
        {
        }

        public void Run()
        {
            server.Serve(_hasBegun ? us : firstUs);
            _hasBegun = true;
        }
    }
}
