namespace Jarvis.Application.Speech.Text;

internal enum PolishGender
{
    Masculine,
    Feminine,
    Neuter,
}
