using Jarvis.Domain.Common;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Domain.Tests.Common;

public sealed class IdTests
{
    private static readonly DateTimeOffset Time = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_within_one_millisecond_are_ordered_by_time()
    {
        // 12 bits for the 10,000 ticks of a millisecond distinguish times three ticks apart.
        var times = Enumerable.Range(0, 3_333).Select(step => Time.AddTicks(3 * step)).ToList();

        var ids = times.ConvertAll(TurnId.New);

        ids.Should().BeInAscendingOrder();
        ids.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Ids_are_ordered_by_time_as_Guid_bytes_and_text()
    {
        var times = new[] { Time.AddYears(-50), Time, Time.AddTicks(10), Time.AddMilliseconds(1), Time.AddDays(40), Time.AddYears(60) };

        var ids = times.Select(TurnId.New).ToList();

        ids.Select(id => id.Value).Should().BeInAscendingOrder();
        ids.Select(id => id.ToString()).Should().BeInAscendingOrder(StringComparer.Ordinal);
        ids.Select(id => Convert.ToHexString(id.Value.ToByteArray(bigEndian: true))).Should().BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public void Ids_of_the_same_moment_differ()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => TurnId.New(Time)).ToList();

        ids.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Id_depends_on_the_instant_and_not_on_the_time_zone()
    {
        var inWarsaw = new DateTimeOffset(2026, 5, 1, 14, 0, 0, TimeSpan.FromHours(2));

        var id = ConversationId.New(inWarsaw);

        id.ToString()[..13].Should().Be(ConversationId.New(Time).ToString()[..13]);
    }

    [Fact]
    public void Ids_are_UUID_version_7()
    {
        var id = ConversationId.New(new FakeTimeProvider(Time).GetUtcNow()).Value;

        id.Version.Should().Be(7);
        (id.Variant & 0xC).Should().Be(0x8);
        Convert.ToInt64(id.ToString("N")[..12], 16).Should().Be(Time.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Turn_ids_compare_by_creation_time()
    {
        var first = TurnId.New(Time);
        var second = TurnId.New(Time.AddMilliseconds(1));

        (first < second).Should().BeTrue();
        (second > first).Should().BeTrue();
        (first <= second && second >= first).Should().BeTrue();
        (first > second || second <= first).Should().BeFalse();
    }
}
