"""Makes schedules of any number of rows as CSV and XLSX, the same ones each time: six rows for each item, as real schedules have."""
import csv
import zipfile
from xml.sax.saxutils import escape

HEAD = ['事项编码', '事项名称', '事项类别', '材料性质', '材料来源', '材料编码', '材料名称', '是否归档', '保管期限', '行政追溯年限', '诉讼追溯年限', '审计追溯年限',
        '追溯年限依据', '起算规则', '默认开放意见', '共享类型', '依据', '备注']
FIELDS = ['市场监管', '公安', '民政', '人力资源和社会保障', '自然资源', '住房和城乡建设', '交通运输', '卫生健康', '税务', '文化和旅游']
DEEDS = ['许可', '登记', '备案', '变更', '注销', '延续']
MATERIALS = [('证据性', '形成', '申请书'), ('证据性', '调用', '营业执照'), ('证据性', '调用', '居民身份证'), ('程序性', '形成', '受理通知书'), ('程序性', '形成', '审批表'), ('结果性', '形成', '许可证件')]
BASIS = '《机关文件材料归档范围和文书档案保管期限规定》；《权力清单》'


def rows(count):
    """COUNT rows, or a few more: items are whole."""
    for item in range((count + len(MATERIALS) - 1) // len(MATERIALS)):
        field = FIELDS[item % len(FIELDS)]
        name = '%s%s事项第%d号' % (field, DEEDS[item % len(DEEDS)], item)
        retention, years = (('D10', (2, 5, 3)), ('D30', (2, 15, 10)), ('Y', (5, 20, 10)))[item % 3]
        for order, (nature, origin, material) in enumerate(MATERIALS):
            yield ['%010d' % (350100000 + item), name, '/行政许可/' + field, nature, origin, 'M%d-%d' % (item, order), material, '归档', retention, *map(str, years),
                   '《行政处罚法》等', '办结次年', '控制' if origin == '调用' else '开放', '有条件共享', BASIS, '' if order else '首行说明%d' % item]


def write_csv(path, count, encoding='utf-8-sig'):
    with open(path, 'w', encoding=encoding, newline='') as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(rows(count))


def write_xlsx(path, count):
    """A workbook as spreadsheet programs write it: texts once in a part of their own, numbers as numbers."""
    shared, cells = {}, []

    def cell(at, text):
        if text.isdigit() and not text.startswith('0'):
            return '<c r="%s"><v>%s</v></c>' % (at, text)
        return '<c r="%s" t="s"><v>%d</v></c>' % (at, shared.setdefault(text, len(shared)))

    for number, row in enumerate([HEAD, *rows(count)], 1):
        cells.append('<row r="%d">%s</row>' % (number, ''.join(cell('%s%d' % (chr(65 + i), number), text) for i, text in enumerate(row) if text)))
    main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    package = 'http://schemas.openxmlformats.org/package/2006/'
    kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as book:
        book.writestr('[Content_Types].xml', '<Types xmlns="%scontent-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                      '<Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="%sworksheet+xml"/>'
                      '<Override PartName="/xl/sharedStrings.xml" ContentType="%ssharedStrings+xml"/></Types>' % (package, kind, kind, kind))
        book.writestr('_rels/.rels', '<Relationships xmlns="%srelationships"><Relationship Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (package, relation))
        book.writestr('xl/workbook.xml', '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>' % (main, relation))
        book.writestr('xl/_rels/workbook.xml.rels', '<Relationships xmlns="%srelationships"><Relationship Id="rId1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>'
                      '<Relationship Id="rId2" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>' % (package, relation, relation))
        book.writestr('xl/worksheets/sheet1.xml', '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, ''.join(cells)))
        book.writestr('xl/sharedStrings.xml', '<sst xmlns="%s">%s</sst>' % (main, ''.join('<si><t xml:space="preserve">%s</t></si>' % escape(text) for text in shared)))
