using System.Collections.Frozen;

namespace Jarvis.Infrastructure.Persistence.Search.Tokenization;

/// <summary>Irregular forms of English words. The first word of each line replaces the other words of the line.</summary>
internal static class IrregularForms
{
    private const string Families =
        """
        be being
        become became
        begin began begun
        bite bit bitten
        break broke broken
        bring brought
        build built
        buy bought
        catch caught
        child children kid kids
        choose chose chosen
        come came
        dad father daddy
        draw drew drawn
        drink drank drunk
        drive drove driven
        eat ate eaten
        fall fell fallen
        feel felt
        fight fought
        find found
        fly flew flown
        foot feet
        forget forgot forgotten
        give gave given
        go went gone goes
        good better best
        bad worse worst
        grow grew grown
        half halves
        hang hung
        hear heard
        hide hid hidden
        hold held
        keep kept
        know knew known
        lead led
        learn learnt
        leave left
        lend lent
        life lives
        lose lost
        make made
        man men
        mean meant
        meet met
        mom mother mum mommy mummy
        mouse mice
        pay paid
        person people
        ride rode ridden
        ring rang rung
        rise rose risen
        run ran
        say said
        see saw seen
        sell sold
        send sent
        shake shook shaken
        shoot shot
        sing sang sung
        sit sat
        sleep slept
        speak spoke spoken
        spend spent
        stand stood
        steal stole stolen
        swim swam swum
        take took taken
        teach taught
        tell told
        think thought
        throw threw thrown
        tooth teeth
        understand understood
        wake woke woken
        wear wore worn
        wife wives
        win won
        woman women
        write wrote written
        """;

    private static readonly FrozenDictionary<string, string> First = Families
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .SelectMany(family => family.Skip(1).Select(form => (form, first: family[0])))
        .ToFrozenDictionary(pair => pair.form, pair => pair.first);

    public static string Find(string word) => First.GetValueOrDefault(word, word);
}
