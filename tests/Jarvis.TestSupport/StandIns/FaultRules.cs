namespace Jarvis.TestSupport.StandIns;

/// <summary>Maps requests to faults; the rule added last applies first.</summary>
internal sealed class FaultRules<TRequest, TFault>
    where TFault : class
{
    private readonly Lock gate = new();
    private readonly List<Rule> rules = [];

    public void Add(TFault fault, Func<TRequest, bool> when, int? times)
    {
        lock (gate)
        {
            rules.Insert(0, new Rule(fault, when, times));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            rules.Clear();
        }
    }

    /// <returns>Null if no fault applies.</returns>
    public TFault? Next(TRequest request)
    {
        lock (gate)
        {
            var rule = rules.Find(rule => rule.Left is null or > 0 && rule.When(request));
            if (rule is { Left: not null })
            {
                rule.Left--;
            }

            return rule?.Fault;
        }
    }

    private sealed class Rule(TFault fault, Func<TRequest, bool> when, int? remaining)
    {
        public TFault Fault { get; } = fault;

        public Func<TRequest, bool> When { get; } = when;

        public int? Left { get; set; } = remaining;
    }
}
