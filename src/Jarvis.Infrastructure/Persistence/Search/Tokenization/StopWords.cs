using System.Collections.Frozen;

namespace Jarvis.Infrastructure.Persistence.Search.Tokenization;

/// <summary>English and Polish words that every text contains, without accents. They say nothing about the topic of a text.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> Words = (
        "a an the and or of to in on for with at by from as is are was were be been am do does did has have had i you he she it we they me "
        + "him us them my your his her its our their mine yours this that these those what which who whom whose when where why how s t ll re ve "
        + "m d so if then than there here not no yes can could will would should shall may might must just about into over some any all very much many lot "
        + "too also please tell know remember let ok okay hi hello hey thanks thank bye good morning evening night get got one "
        + "i a o u w z ze we na do od po za pod nad przez dla bez przy oraz lub albo czy ze zeby ale jak co kto kogo komu czym kim ktory "
        + "ktora ktore gdzie kiedy dlaczego po ile ja ty on ona ono my wy oni one mnie mi ciebie ci cie jego jej go mu nam nas was wam ich im "
        + "moj moja moje moi mojego mojej mojemu moim moich swoj swoja swoje twoj twoja twoje jest sa byl byla bylo byli byc bede bedzie jestem "
        + "jestes ten ta to te tego tej temu tym tych sie nie tak tez juz jeszcze tylko bardzo prosze powiedz wiesz pamietasz czesc "
        + "hej witaj dzien dobry dobranoc dzieki dziekuje mam masz ma mamy maja")
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string foldedWord) => Words.Contains(foldedWord);
}
