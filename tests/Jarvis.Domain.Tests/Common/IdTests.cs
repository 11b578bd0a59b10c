using Jarvis.Domain.Common;
using Microsoft.Extensions.Time.Testing;

namespace Jarvis.Domain.Tests.Common;

public sealed class IdTests
{
    private static readonly DateTimeOffset Moment = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_within_one_millisecond_are_ordered_by_time()
    {
        // 12 bits for the 10,000 ticks of a millisecond distinguish times three ticks apart.
        var moments = Enumerable.Range(0, 3_333).Select(step => Moment.AddTicks(3 * step)).ToList();

        var ids = moments.ConvertAll(TurnId.New);

        ids.Should().BeInAscendingOrder();
        ids.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Ids_are_ordered_by_time_as_Guid_bytes_and_text()
    {
        var moments = new[] { Moment.AddYears(-50), Moment, Moment.AddTicks(10), Moment.AddMilliseconds(1), Moment.AddDays(40), Moment.AddYears(60) };

        var ids = moments.Select(TurnId.New).ToList();

        ids.Select(id => id.Value).Should().BeInAscendingOrder();
        ids.Select(id => id.ToString()).Should().BeInAscendingOrder(StringComparer.Ordinal);
        ids.Select(id => Convert.ToHexString(id.Value.ToByteArray(bigEndian: true))).Should().BeInAscendingOrder(StringComparer.Ordinal);
    }

    [Fact]
    public void Ids_of_the_same_moment_differ()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => TurnId.New(Moment)).ToList();

        ids.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Id_depends_on_the_instant_and_not_on_the_time_zone()
    {
        var inWarsaw = new DateTimeOffset(2026, 5, 1, 14, 0, 0, TimeSpan.FromHours(2));

        var id = ConversationId.New(inWarsaw);

        id.ToString()[..13].Should().Be(ConversationId.New(Moment).ToString()[..13]);
    }

    [Fact]
    public void Ids_are_UUID_version_7()
    {
        var id = ConversationId.New(new FakeTimeProvider(Moment).GetUtcNow()).Value;

        id.Version.Should().Be(7);
        (id.Variant & 0xC).Should().Be(0x8);
        Convert.ToInt64(id.ToString("N")[..12], 16).Should().Be(Moment.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void Turn_ids_compare_by_creation_time()
    {
        var first = TurnId.New(Moment);
        var second = TurnId.New(Moment.AddMilliseconds(1));

        (first < second).Should().BeTrue();
        (second > first).Should().BeTrue();
        (first <= second && second >= first).Should().BeTrue();
        (first > second || second <= first).Should().BeFalse();
    }
}
