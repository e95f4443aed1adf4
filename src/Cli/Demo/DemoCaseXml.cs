using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace Lantai.Cli.Demo;

/// <summary>Writes 元数据.xml of a case: who, what, when, and the list of its files with length and SHA-256.</summary>
internal static class DemoCaseXml
{
    public const string Name = "元数据.xml";

    public static byte[] Write(DemoCase item, IReadOnlyList<DemoFile> files)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            xml.WriteStartElement("办件元数据");
            xml.WriteElementString("办件编号", item.Number);
            xml.WriteElementString("事项名称", item.Item);
            xml.WriteElementString("事项编码", item.ItemCode);
            Party(xml, "申请人", item.Company ?? item.Applicant);
            Party(xml, "经办人", item.Applicant);
            xml.WriteElementString("受理机构", item.Agency);
            xml.WriteElementString("受理时间", Time(item.Accepted));
            xml.WriteElementString("办结时间", Time(item.Completed));
            xml.WriteElementString("办理结果", item.Decision);
            xml.WriteElementString("归档时间", Time(item.Archived));
            xml.WriteElementString("全宗号", "X999");
            xml.WriteElementString("保管期限", item.Retention);
            xml.WriteElementString("密级", "非密");
            xml.WriteStartElement("文件清单");
            xml.WriteAttributeString("数量", files.Count.ToString(CultureInfo.InvariantCulture));
            foreach (var file in files)
            {
                xml.WriteStartElement("文件");
                xml.WriteElementString("路径", file.Path);
                xml.WriteElementString("题名", file.Title);
                xml.WriteElementString("类别", file.Kind);
                xml.WriteElementString("字节数", file.Content.Length.ToString(CultureInfo.InvariantCulture));
                xml.WriteStartElement("数字摘要");
                xml.WriteAttributeString("算法", "SHA-256");
                xml.WriteString(Convert.ToHexStringLower(SHA256.HashData(file.Content)));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Party(XmlWriter xml, string element, DemoParty party)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("类型", party.IsCompany ? "法人" : "自然人");
        xml.WriteElementString("名称", party.Name);
        xml.WriteElementString("证件类型", party.IsCompany ? "统一社会信用代码" : "居民身份证");
        xml.WriteElementString("证件号码", party.Code);
        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
