using Jarvis.Domain.Common;

namespace Jarvis.Domain.BugReports;

public readonly record struct BugReportId(Guid Value) : IId<BugReportId>
{
    public static BugReportId New(DateTimeOffset now) => new(Uuid7.Create(now));

    public static BugReportId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
