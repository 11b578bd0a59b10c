namespace Jarvis.Testing.StandIns;

/// <summary>Which request meets which fault; the rule that was added last goes first.</summary>
internal sealed class OpenAiFaults
{
    private readonly Lock gate = new();
    private readonly List<Rule> rules = [];

    public void Add(OpenAiFault fault, Func<OpenAiRequest, bool> when, int? times)
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

    public OpenAiFault Next(OpenAiRequest request)
    {
        lock (gate)
        {
            var rule = rules.Find(rule => rule.Left is null or > 0 && rule.When(request));
            if (rule is { Left: not null })
            {
                rule.Left--;
            }

            return rule?.Fault ?? OpenAiFault.None;
        }
    }

    private sealed class Rule(OpenAiFault fault, Func<OpenAiRequest, bool> when, int? left)
    {
        public OpenAiFault Fault { get; } = fault;

        public Func<OpenAiRequest, bool> When { get; } = when;

        public int? Left { get; set; } = left;
    }
}
