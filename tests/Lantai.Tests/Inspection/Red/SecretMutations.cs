using System.Text;

namespace Lantai.Tests.Inspection.Red;

/// <summary>Packages that bear a mark of a state secret: nothing else is asked of them.</summary>
internal sealed class SecretMutations : IRedMutations
{
    public IEnumerable<RedMutation> All =>
    [
        new("secret-marked-in-a-paper", "gbt42727", s => s.With("材料/申请材料/附件.txt", Encoding.UTF8.GetBytes("附件\n机密★10年\n")).Recounted().Sealed()),
        new("secret-in-the-metadata", "gbt42727", s => s.Set("元数据.xml", "security_classification", "JM").Sealed()),
        new("secret-by-the-name-of-a-file", "dat93", s => s.With("【秘密】附件.txt", "1"u8.ToArray()).Sealed()),
    ];
}
