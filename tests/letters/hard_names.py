"""Five hundred names that have undone letters elsewhere, and names that no letter of ours takes.

Invented, or of nobody in particular. `list_names` gives them as somebody may type them: composed,
decomposed, with marks that nobody sees.
"""

import unicodedata
from collections.abc import Iterator
from itertools import chain

# One line for each way of writing: the letters that its names have beyond A to Z.
_ALPHABETS = {
    "Spanish": "áéíóúüñÁÉÍÓÚÜÑ",
    "Portuguese": "ãõçâêôàáéíóúÃÕÇÂÊÔÀÁÉÍÓÚ",
    "French": "àâæçèéêëîïôœùûüÿÀÂÆÇÈÉÊËÎÏÔŒÙÛÜŸ",
    "Guarani": "ãẽĩõũỹg̃ñʼÃẼĨÕŨỸG̃Ñ",
    "Quechua": "ñchʼkʼpʼqʼtʼÑ",
    "Aymara": "äïüñkʼpʼqʼtʼÄÏÜÑ",
    "Mapudungun": "üñḻṉṯÜÑḺṈṮ",
    "Nahuatl": "āēīōĀĒĪŌꞌ",
    "Mixtec": "áéíóúñɨɨ́ɨ̱ꞌÑƗ",
    "Zapotec": "ëëꞌxhñÿËÑ",
    "Yucatec": "áéíóúkʼtsʼchʼpʼtʼ",
    "Kaqchikel": "äëïöükʼqʼtzʼbʼÄËÏÖÜ",
    "Tucanoan": "ʉʉ̃ʉ́ãẽĩõũɄÑñ",
    "Navajo": "ąęįǫą́ę́į́ǫ́łńʼŁĄĘĮǪ",
    "Lakota": "áéíóúąįųčǧȟšžŋʼČǦȞŠŽŊ",
    "Hawaiian": "āēīōūʻĀĒĪŌŪ",
    "Inuit": "ŋŊâêîôûŝẑ",
    "Cree": "āēīōâêîôĀĒĪŌ",
    "Haitian": "èòàÈÒÀ",
    "Miskito": "âîûÂÎÛ",
    "German": "äöüßÄÖÜẞ",
    "Danish": "æøåÆØÅ",
    "Icelandic": "áðéíóúýþæöÁÐÉÍÓÚÝÞÆÖ",
    "Faroese": "áðíóúýæøÁÐÍÓÚÝÆØ",
    "Northern Sami": "áčđŋšŧžÁČĐŊŠŦŽ",
    "Skolt Sami": "âčǧǩõšžåäđŋÂČǦǨÕŠŽÅÄĐŊ",
    "Polish": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",
    "Czech": "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ",
    "Slovak": "áäčďéíĺľňóôŕšťúýžĹĽŔ",
    "Hungarian": "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",
    "Romanian": "ăâîșțşţĂÂÎȘȚŞŢ",
    "Croatian": "čćđšžǆǉǌČĆĐŠŽ",
    "Turkish": "çğıöşüÇĞİÖŞÜ",
    "Azerbaijani": "çəğıöşüÇƏĞİÖŞÜ",
    "Kurdish": "çêîşûÇÊÎŞÛ",
    "Latvian": "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ",
    "Lithuanian": "ąčęėįšųūžĄČĘĖĮŠŲŪŽą́ė́",
    "Estonian": "äöõüšžÄÖÕÜŠŽ",
    "Welsh": "âêîôûŵŷẁẃẅỳÂÊÎÔÛŴŶẀẂẄỲ",
    "Irish": "áéíóúḃċḋḟġṁṗṡṫÁÉÍÓÚḂĊḊḞĠṀṖṠṪ",
    "Breton": "âêñùÂÊÑÙ",
    "Catalan": "àçèéíïòóúüŀÀÇÈÉÍÏÒÓÚÜĿ",
    "Maltese": "ċġħżĊĠĦŻ",
    "Albanian": "çëÇË",
    "Sorbian": "čćěłńóřŕšśžźČĆĚŁŃŘŔŠŚŽŹ",
    "Kashubian": "ãéëòôùłńÃÉËÒÔÙ",
    "Esperanto": "ĉĝĥĵŝŭĈĜĤĴŜŬ",
    "Vietnamese plain": "ăâđêôơưĂÂĐÊÔƠƯ",
    "Vietnamese a": "ạảấầẩẫậắằẳẵặẠẢẤẦẨẪẬẮẰẲẴẶ",
    "Vietnamese e": "ẹẻẽếềểễệỉịẸẺẼẾỀỂỄỆỈỊ",
    "Vietnamese o": "ọỏốồổỗộớờởỡợỌỎỐỒỔỖỘỚỜỞỠỢ",
    "Vietnamese u": "ụủứừửữựỳỵỷỹỤỦỨỪỬỮỰỲỴỶỸ",
    "Yoruba": "ẹọṣẹ́ọ́ẹ̀ọ̀ńẸỌṢẸ́Ọ́",
    "Igbo": "ịọụṅỊỌỤṄ",
    "Pinyin": "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ",
    "Transcribed Arabic": "ḥḍṣṭẓāīūʿʾḤḌṢṬẒ",
    "Transcribed Sanskrit": "āīūṛṝḷṃḥṅñṭḍṇśṣĀĪŪṚṬḌṆŚṢ",
    "Maori": "āēīōūĀĒĪŌŪ",
    "Marshallese": "ļm̧ņn̄o̧āĻM̧ŅN̄O̧Ā",
    "Greek": "άέήίόύώϊϋΐΰαβγδεζηθικλμνξοπρσςτυφχψωΆΈΉΊΌΎΏΑΒΓΔΘΛΞΠΣΦΨΩ",
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛ",
    "Ukrainian": "ґєіїйщюяҐЄІЇЙЩЮЯ",
    "Serbian": "ђјљњћџЂЈЉЊЋЏ",
    "Macedonian": "ѓѕјќљњџЃЅЈЌ",
    "Belarusian": "ўіёэЎІЁЭ",
}

_WRITTEN = """
Ana Lucía Morales Vargas|José Ángel Núñez Peña|Íñigo Ñandutí Güemes|Belén Agüero y Zúñiga
María de los Ángeles Ortiz-Monasterio de la Peña|Juan José Ó'Donojú|D'Alessandro|Dell’Acqua
João Conceição da Assunção|François-Xavier L’Écuyer|Zoë Ñandutí g̃uahẽ|M̃aria Ỹvytu G̃|Ñeʼẽ Porã
Kʼinich Janaabʼ Pakal|Bʼalam Kʼicheʼ|Xquic Tzʼunun|Tuꞌun Savi|Ꞌyaꞌan Ñuu|Cuāuhtēmōc Ilhuicamīna
Tʼika Qʼunchu|Sumaq Ñustʼa|Wañuy Pʼunchaw|Ḻafkenche Küyen|Kahoʻolawe Kealiʻiahonui|ʻAukai Kūhiō
Nguyễn Thị Hồng|Trần Đức Lượng|Phạm Ngọc Thạch|Đặng Thị Ngọc Thịnh|Võ Nguyên Giáp|Ngô Bảo Châu
Łukasz Nuñez|Stanisław Żółkiewski|Wisława Grześkowiak-Brzęczyszczykiewicz|Jiří Dvořák
Ľudovít Štúr
Đorđe Ćirković|Željko Šćepanović|Gőgös Ignácné Szűcs|Ștefan Țepeneag|Ion Brătianu
Vaĭra Viķe-Freiberga
Gülşah Çağrı İnönü|Işıl Yıldırım|Əliağa Vahid|Sevgi Ğöçmen|Þórður Ægisson|Guðrún Ýr Eyfjörð
Jógvan á Dul
Åse Sørbø-Æbeltoft|Mattiáš Ŋoavššat|Ánne Risten Čáhppesvárri|Siân Ŵyn ap Rhŷs|Pàdraig Ó Ruairc
Seán Mac an tSaoi|Ħelena Żammit|Ġużeppi Ċaruana|Núria Coŀlell i Güell|Òscar Puigdollers
Përparim Çuçi
Ọbáfẹ́mi Awólọ́wọ̀|Ṣọpẹ́ Ẹ̀ṣọ́|Nwachukwu Ọ̀zọ́|Ḿ ḱ ǵ i̊ q̃ Ộ́|Lǚ Guāngxǔ|Ōe Kenzaburō
Ḥasan ibn Thābit
Γιώργος Παπαδόπουλος|Έλλη Αλεξίου|Юлия Щербакова|Ђорђе Ћирић|Олексій Їжакевич|Ґалаґан
Алесь Ўладзіміраў
X|O|Ñ|É|Ŷ|G̃|Ж|Ω|i|ß|ʻ|Å|Ą́|II|Mc|Null|null|None|undefined|NaN|True|Test|Sukarno|Pelé|Björk
Ana  Lucía|  Ana|Ana  |Ana\tLucía|Ana\u00a0Lucía|Ana\u2009Lucía|Ana\u3000Lucía
Ana\u2003de\u2002la Paz
<b>Ana</b> Morales|<i>José|</b>|<br/>|<br>Núñez|<para>Ana</para>|<seq/>
<onDraw name="x" label="y"/>
<font color="red">Ana</font>|<a href="https://example.org">Ana</a>|<u>Ñ</u>|<super>2</super>
<!-- Ana -->
<script>alert(1)</script>|"><script>alert('ñ')</script>|<img src="/etc/passwd"/>
<img src=x onerror=alert(1)>
<img src="file:///etc/passwd" width="10"/>|<img src="http://127.0.0.1:9/x.png"/>
<svg/onload=alert(1)>
&|& Ana|Ana &amp; José|&lt;b&gt;|&#65;|&#x1F600;|&nbsp;|AT&T|Ana & José|<|>|<<>>|a < b > c|]]>
<![CDATA[Ana]]>
{{ 7*7 }}|{{ config }}|{% if 1 %}Ana{% endif %}|{name}|{deadline}|{0}|{0.__class__}|{}|}{
${7*7}|#{7*7}
%s|%d|%(name)s|%n|100%|%%|%x%x|$name|$(id)|`id`|\\n|\\x41|\\u0041|\\|(|)|(()|))((|(Ana) (José)
BT ET|Tj|/Span
'; DROP TABLE registration; --|" OR ""="|Robert'); --|=1+1|+1|-1|@SUM(A1)
=HYPERLINK("http://x")|'|''|"|“Ana”
«Ana»|‘Ana’|„Ana“|Ana–Lucía|Ana—Lucía|Ana‐Lucía|Ana‑Lucía|Ana‒Lucía|Ana―Lucía|Ana…|¿Ana?|¡Ana!
A.|A. B. C.
O'Brien|O’Brien|OʼBrien|O‘Brien|O´Brien|O`Brien|O′Brien|d'Ávila-Núñez|Saint-Jean-d’Angély
n.º 14|№ 5|ª º|Ph.D.
fi fl ff ffi ffl|Fjord fiancé|ﬁnal|Ǆ ǅ ǆ Ǉ ǈ ǉ|ĳ Ĳ|ŉ|ſ|Æsop Œuvre|Mª José|Nª Sª|1º|½|²|µ|©|®|™
€|₡|§
a\u0301e\u0301i\u0301o\u0301u\u0301|n\u0303N\u0303|e\u0302\u0301e\u0323\u0302|o\u031b\u0301
u\u0308\u030c|s\u0323\u0307
"""

# What people do not see: it is taken out, and the name behind it is what is left.
_UNSEEN = {
    "\u202eAna Lucía\u202c": "Ana Lucía",
    "\u202dJosé\u202c Núñez": "José Núñez",
    "Ana\u200bLucía": "AnaLucía",
    "Ana\u200d \u200cLucía": "Ana Lucía",
    "\ufeffAna Lucía": "Ana Lucía",
    "Ana\u2066 Lucía\u2069": "Ana Lucía",
    "\u2067Ana\u2069 \u2068Lucía\u2069": "Ana Lucía",
    "Ana\u061c\u200e\u200f Lucía": "Ana Lucía",
    "Ana\u00ad Lucía": "Ana Lucía",
    "Ana\x00 Lucía\x07\x1b": "Ana Lucía",
    "Ana\nLucía\r\nMorales": "Ana Lucía Morales",
    "gnp\u202ecod.exe": "gnpcod.exe",
    "Zúñiga\u2028Ortiz": "Zúñiga Ortiz",
    "Ñ\ufe0fandú": "Ñandú",
}

_LONG = (
    "W" * 200,
    "i" * 200,
    "Ñ" * 200,
    "g̃" * 100,
    "Ộ" * 200,
    "Ы" * 200,
    "&" * 200,
    "<b>" * 60,
    "ɨ́ʉ̱" * 40,
    "María de la Concepción " * 8 + "Ñ",
    "Wolfeschlegelsteinhausenbergerdorff " * 5,
    "Ana-" * 50,
    "Kʼinich ʻAukai Ꞌyaꞌan " * 9,
    "Nguyễn Thị Hồng Ngọc Ánh Tuyết " * 6,
    "Y " * 100,
    "a " * 100 + "z",
    "Ọbáfẹ́mi Awólọ́wọ̀ " * 11,
)

#: Names in scripts that the letters' fonts lack. Forms refuse them, naming the characters.
REFUSED = (
    "王小明",
    "Ana 王",
    "やまだ はなこ",
    "김민준",
    "عبد الله",
    "Ana لوسيا",
    "דוד בן־גוריון",
    "अनिता शर्मा",
    "สมชาย",
    "Հայկ",
    "ნინო",
    "አበበ",
    "ᐃᓄᒃ",
    "ᏣᎳᎩ",
    "Ana 😀",
    "👩🏽‍✈️",
    "ＡＮＡ",
    "𝓐𝓷𝓪",
    "Ɓaaba Ɗiallo",
    "Sahaiʔa",
    "A\u0336n\u0336a\u0336",
    "Z̷̢̧̛̛̛a̸",
    "\u0301Ana",
    "Ana \ue000",
    "Ana ★",
)


def list_names() -> list[tuple[str, str]]:
    """Return five hundred different names: as typed, and as the letter is to say them."""
    typed = dict(_UNSEEN)
    for name in chain(_list_written(), _LONG, _list_alphabets(), _list_parts()):
        typed.setdefault(name, " ".join(unicodedata.normalize("NFC", name).split()))
    return list(typed.items())[:500]


def _list_written() -> Iterator[str]:
    for line in _WRITTEN.strip("\n").split("\n"):
        yield from line.split("|")


def _list_alphabets() -> Iterator[str]:
    """Yield all letters of each alphabet: as they are, and each mark on its own."""
    for language, letters in _ALPHABETS.items():
        yield f"{letters} {language}"
        yield unicodedata.normalize("NFD", f"{letters} {language} NFD")


def _list_parts() -> Iterator[str]:
    """Yield names of a few letters of an alphabet, those of the later ones first."""
    for letters in reversed(_ALPHABETS.values()):
        clusters = _list_clusters(letters)
        for start in range(0, len(clusters), 8):
            yield "a".join(clusters[start : start + 8]).capitalize() + " " + clusters[start]


def _list_clusters(letters: str) -> list[str]:
    clusters: list[str] = []
    for each in letters:
        if clusters and unicodedata.combining(each):
            clusters[-1] += each
        else:
            clusters.append(each)
    return clusters
