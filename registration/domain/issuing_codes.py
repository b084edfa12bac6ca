"""Whose passport it is: the codes of Doc 9303-3 (section 5) and the countries that they stand for.

They are ISO 3166-1 alpha-3 and more: organisations, people without a State, the older forms of
British nationality, and the one letter of Germany. Babel knows no alpha-3, hence the table.
"""

from enum import StrEnum

# Alpha-2 and alpha-3 of each country in one word.
_COUNTRIES = """
    ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA
    AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES
    BRBRA BSBHS BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK
    CLCHL CMCMR CNCHN COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA
    DODOM DZDZA ECECU EEEST EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA
    GAGAB GBGBR GDGRD GEGEO GFGUF GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS
    GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD
    IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA
    KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA
    LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ
    MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM NCNCL NENER NFNFK NGNGA NINIC
    NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG PHPHL PKPAK PLPOL PMSPM
    PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC
    SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD STSTP SVSLV
    SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON TRTUR
    TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
    VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
"""
#: ISO 3166 alpha-2 by alpha-3, all 249.
ALPHA_2 = {word[2:]: word[:2] for word in _COUNTRIES.split()}
#: Codes that ICAO keeps for nationals of a country beside its own.
_OF_COUNTRIES = {
    "D": "DE",
    "GBD": "GB",  # overseas territories citizen
    "GBN": "GB",  # national (overseas)
    "GBO": "GB",  # overseas citizen
    "GBP": "GB",  # protected person
    "GBS": "GB",  # subject
    "RKS": "XK",  # Kosovo; Babel names it by this code
}


class Bearer(StrEnum):
    """Whose code it is, where it is no country's.

    ORGANISATION: a laissez-passer of the United Nations, the European Union and others.
    STATELESS, REFUGEE: of persons without, or without the protection of, a State.
    """

    ORGANISATION = "organisation"
    STATELESS = "stateless"
    REFUGEE = "refugee"
    UNSPECIFIED = "unspecified"
    SPECIMEN = "specimen"


#: The codes of no country.
BEARERS = {
    "EUE": Bearer.ORGANISATION,  # European Union
    "UNO": Bearer.ORGANISATION,  # United Nations
    "UNA": Bearer.ORGANISATION,  # its specialised agencies
    "UNK": Bearer.ORGANISATION,  # its mission in Kosovo
    "XBA": Bearer.ORGANISATION,  # African Development Bank
    "XCC": Bearer.ORGANISATION,  # Caribbean Community
    "XCE": Bearer.ORGANISATION,  # Council of Europe
    "XCO": Bearer.ORGANISATION,  # Common Market for Eastern and Southern Africa
    "XDC": Bearer.ORGANISATION,  # Southern African Development Community
    "XEC": Bearer.ORGANISATION,  # Economic Community of West African States
    "XES": Bearer.ORGANISATION,  # Organisation of Eastern Caribbean States
    "XIM": Bearer.ORGANISATION,  # African Export-Import Bank
    "XMP": Bearer.ORGANISATION,  # Parliamentary Assembly of the Mediterranean
    "XOM": Bearer.ORGANISATION,  # Sovereign Military Order of Malta
    "XPO": Bearer.ORGANISATION,  # INTERPOL
    "XXA": Bearer.STATELESS,
    "XXB": Bearer.REFUGEE,  # Convention of 1951
    "XXC": Bearer.REFUGEE,
    "X" * 3: Bearer.UNSPECIFIED,
    "UTO": Bearer.SPECIMEN,  # "Utopia": no State issues it
}
#: Every code that may stand in the two lines, without fillers.
CODES = frozenset(ALPHA_2) | frozenset(_OF_COUNTRIES) | frozenset(BEARERS)


def find_country(code: str) -> str | None:
    """Return the country of a code as ISO 3166 alpha-2; None where it is no country's or unknown.

    code: as it stands in the lines, without fillers.
    """
    return ALPHA_2.get(code) or _OF_COUNTRIES.get(code)
