"""Pages in the markup of common news systems and platforms, around invented reports, each with what must be found in it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from tests.intake.stories import ENGLISH, KURDISH, PERSIAN, STORIES, TURKISH, Story

__all__ = ["PAGES", "Page"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as bytes and what is to be found in it; several texts where a page holds several posts."""

    name: str
    data: bytes
    texts: tuple[str, ...]
    title: str = ""
    published: str | None = None
    published_from: str | None = None
    publisher: str | None = None
    author: str | None = None
    canonical: str | None = None
    language: str | None = "ar"
    address: str = "https://news.example/a/1"


def _p(story: Story, cls: str = "") -> str:
    attribute = f' class="{cls}"' if cls else ""
    return "\n".join(f"<p{attribute}>{p}</p>" for p in story.paragraphs)


def _others(*but: Story, tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{n}">{s.title}</a></{tag}>' for n, s in enumerate(STORIES) if s not in but)


def _meta(title: str = "", site: str = "", time: str = "", url: str = "", author: str = "") -> str:
    found = [("og:title", title), ("og:site_name", site), ("article:published_time", time), ("og:url", url)]
    lines = [f'<meta property="{k}" content="{v}">' for k, v in found if v]
    if author:
        lines.append(f'<meta name="author" content="{author}">')
    if url:
        lines.append(f'<link rel="canonical" href="{url}">')
    return "\n".join(lines)


def _html(head: str, body: str, lang: str = "ar", charset: str = "utf-8") -> str:
    return f'<!DOCTYPE html>\n<html lang="{lang}" dir="rtl"><head><meta charset="{charset}">\n{head}\n</head>\n<body>{body}</body></html>'


_NAV = (
    '<header><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/p">سياسة</a></li><li><a href="/e">اقتصاد</a></li>'
    '<li><a href="/s">رياضة</a></li></ul></nav><form><input name="q"><button>بحث</button></form></header>'
)
_FOOTER = (
    "<footer><p>جميع الحقوق محفوظة © 2024 شبكة المثال الإخبارية</p><ul><li>اتصل بنا</li><li>سياسة الخصوصية</li></ul></footer>"
)


def _wordpress() -> Page:
    s = STORIES[0]
    url = "https://news.example/2024/05/shelling/"
    body = f"""{_NAV}<div id="page"><div id="content"><article id="post-11" class="post type-post">
<header class="entry-header"><h1 class="entry-title">{s.title}</h1>
<div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="2024-05-04T09:12:00+03:00">4 مايو، 2024</time></span>
<span class="byline"><a class="url fn n" href="/author/sami">سامي العلي</a></span></div></header>
<div class="entry-content">{_p(s)}
<div class="sharedaddy sd-sharing-enabled"><h3>شارك هذا الموضوع:</h3><ul><li><a>فيسبوك</a></li><li><a>تويتر</a></li></ul></div>
<div class="jp-relatedposts"><h3>مرتبط</h3><p>{STORIES[1].title}</p></div></div>
<footer class="entry-footer"><span class="tags-links">وسوم: حماة، قصف</span></footer></article>
<div id="comments" class="comments-area"><h2>تعليقان على “{s.title}”</h2><ol class="comment-list"><li class="comment"><p>قتل عشرة في قريتنا أمس بغارة أخرى ولم يذكرهم أحد.</p></li></ol>
<div id="respond"><h3>اترك تعليقاً</h3><p>لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *</p></div></div></div>
<aside id="secondary" class="widget-area"><section class="widget widget_recent_entries"><h2>أحدث المقالات</h2><ul>{_others(s)}</ul></section></aside></div>{_FOOTER}"""
    return Page(
        "wordpress classic theme", _html(f"<title>{s.title} - شبكة المثال</title>{_meta(s.title, 'شبكة المثال', '2024-05-04T06:12:00+00:00', url)}", body).encode(),
        (s.text,), s.title, "2024-05-04", "metadata", "شبكة المثال", "سامي العلي", url,
    )  # fmt: skip


def _wordpress_builder() -> Page:
    s = STORIES[1]
    body = f"""{_NAV}<div class="elementor"><div class="elementor-widget-theme-post-title"><h1 class="elementor-heading-title">{s.title}</h1></div>
<div class="elementor-widget-theme-post-content"><div class="elementor-widget-container">
<p>{s.paragraphs[0]}</p><div class="wp-block-buttons"><div class="wp-block-button"><a>تابعونا على تيليجرام</a></div></div>
<p>{s.paragraphs[1]}</p><p><strong>اقرأ أيضاً: <a href="/3">{STORIES[3].title}</a></strong></p><p>{s.paragraphs[2]}</p></div></div>
<div class="elementor-widget-posts"><h3>مقالات ذات صلة</h3>{_others(s, tag="article")}</div></div>{_FOOTER}"""
    data = {"@context": "https://schema.org", "@graph": [
        {"@type": "WebSite", "name": "يمن المثال"},
        {"@type": "Article", "headline": s.title, "datePublished": "2023-02-14T20:05:11+00:00", "author": {"@id": "#p"}, "publisher": {"@id": "#o"}},
        {"@type": "Person", "@id": "#p", "name": "هيئة التحرير"}, {"@type": "Organization", "@id": "#o", "name": "يمن المثال"},
    ]}  # fmt: skip
    head = f'<title>{s.title} | يمن المثال</title><script type="application/ld+json">{json.dumps(data)}</script>'
    return Page(
        "wordpress page builder",
        _html(head, body).encode(),
        (s.text,),
        s.title,
        "2023-02-14",
        "metadata",
        "يمن المثال",
        "هيئة التحرير",
    )


def _drupal() -> Page:
    s = STORIES[2]
    body = f"""{_NAV}<main><div class="region region-content"><div class="node node--type-article"><h1 class="page-title"><span class="field field--name-title">{s.title}</span></h1>
<div class="node__submitted">نُشر بتاريخ أحد, 06/02/2019 - 11:40</div>
<div class="field field--name-body field--type-text-with-summary">{_p(s)}</div>
<div class="field field--name-field-tags"><div class="field__label">وسوم</div><div class="field__item">كركوك</div></div></div></div>
<div class="views-element-container block"><h2>الأكثر قراءة</h2><div class="view-content">{_others(s, tag="div")}</div></div></main>{_FOOTER}"""
    head = f'<title>{s.title} | وكالة كركوك المثال</title><meta property="og:site_name" content="وكالة كركوك المثال"><meta property="article:published_time" content="2019-02-03T11:40:00+0300">'
    return Page("drupal", _html(head, body).encode(), (s.text,), s.title, "2019-02-03", "metadata", "وكالة كركوك المثال")


def _joomla() -> Page:
    s = STORIES[3]
    body = f"""<div class="navbar"><ul class="nav menu"><li><a>الرئيسية</a></li><li><a>ليبيا</a></li></ul></div><div class="item-page" itemscope itemtype="https://schema.org/Article">
<div class="page-header"><h2 itemprop="headline">{s.title}</h2></div>
<dl class="article-info muted"><dt class="article-info-term">التفاصيل</dt><dd class="published"><time datetime="2021-10-27T08:30:00+02:00" itemprop="datePublished">نشر بتاريخ: 27 تشرين الأول/أكتوبر 2021</time></dd>
<dd class="hits">الزيارات: 1242</dd></dl><div itemprop="articleBody">{_p(s)}</div><ul class="pager pagenav"><li><a>السابق</a></li><li><a>التالي</a></li></ul></div>
<div class="moduletable"><h3>آخر الأخبار</h3><ul class="latestnews">{_others(s)}</ul></div>"""
    return Page("joomla", _html(f"<title>{s.title}</title>", body).encode(), (s.text,), s.title, "2021-10-27", "metadata", None)


def _blogger() -> Page:
    s = STORIES[4]
    paragraphs = "<br /><br />".join(s.paragraphs)
    body = f"""<div class="content"><div class="main section"><div class="blog-posts hfeed"><div class="date-outer"><h2 class="date-header"><span>الثلاثاء، 12 أغسطس 2014</span></h2>
<div class="post hentry"><h3 class="post-title entry-title">{s.title}</h3><div class="post-body entry-content" id="post-body-1"><div dir="rtl" style="text-align: right;" trbidi="on">{paragraphs}</div></div>
<div class="post-footer"><span class="post-author vcard">مرسلة بواسطة <span class="fn">مدونة غزة المثال</span></span> <span class="post-timestamp">في 9:41 م</span>
<div class="post-share-buttons"><a>إرسال بالبريد الإلكتروني</a><a>المشاركة على X</a></div></div></div></div></div></div></div>
<div class="sidebar"><div class="widget BlogArchive"><h2>أرشيف المدونة</h2><ul>{_others(s)}</ul></div></div>"""
    return Page(
        "blogger",
        _html(f"<title>مدونة غزة المثال: {s.title}</title>", body).encode(),
        (s.text,),
        s.title,
        "2014-08-12",
        "dateline",
        None,
        "مدونة غزة المثال",
    )


def _asp() -> Page:
    s = STORIES[5]
    text = "<BR>&nbsp;<BR>".join(s.paragraphs)
    body = f"""<form name="aspnetForm"><table width="100%"><tr><td class="menu"><a href="Default.aspx">الرئيسية</a> | <a href="News.aspx">أخبار</a></td></tr>
<tr><td><table><tr><td class="NewsTitle"><span id="ctl00_lblTitle">{s.title}</span></td></tr><tr><td class="NewsDate">تاريخ النشر: 15/11/2014 - عدد القراءات: 377</td></tr>
<tr><td class="NewsBody"><span id="ctl00_lblBody"><font face="Arial" size="4">{text}</font></span></td></tr></table></td></tr>
<tr><td class="rel"><b>مواضيع ذات صلة</b><br>{"<br>".join(f'<a href="{n}">{o.title}</a>' for n, o in enumerate(STORIES[6:]))}</td></tr></table></form>"""
    page = f'<html dir=rtl><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"><title>{s.title}</title></head><body>{body}</body></html>'
    return Page("asp page in windows-1256", page.encode("cp1256"), (s.text,), s.title, "2014-11-15", "dateline", None)


def _asp_undeclared() -> Page:
    s = STORIES[6]
    body = f'<table><tr><td><h1>{s.title}</h1></td></tr><tr><td id="details"><div>{"".join(f"<div>{p}</div>" for p in s.paragraphs)}</div></td></tr></table>'
    page = f"<html><head><title>{s.title}</title></head><body>{body}</body></html>"
    return Page("windows-1256 without a word of it", page.encode("cp1256"), (s.text,), s.title)


def _amp() -> Page:
    s = STORIES[7]
    data = {
        "@context": "http://schema.org", "@type": "NewsArticle", "headline": s.title, "datePublished": "2022-03-17T14:00:00Z",
        "dateModified": "2022-03-18T01:00:00Z", "author": [{"@type": "Person", "name": "ليلى المثال"}],
        "publisher": {"@type": "Organization", "name": "درعا المثال", "logo": {"@type": "ImageObject", "url": "/l.png"}},
        "mainEntityOfPage": "https://daraa.example/n/7",
    }  # fmt: skip
    head = f"""<title>{s.title}</title><link rel="canonical" href="https://daraa.example/n/7"><script async src="https://cdn.ampproject.org/v0.js"></script>
<style amp-custom>p{{color:red}}</style><script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>"""
    body = f"""<amp-sidebar id="s"><ul><li><a>الرئيسية</a></li></ul></amp-sidebar><amp-consent id="c"><div id="consent-ui">نستخدم ملفات تعريف الارتباط لتحسين الخدمة <button>موافق</button></div></amp-consent>
<article><h1>{s.title}</h1><amp-img src="a.jpg" width="1" height="1" alt="صورة"></amp-img><div class="article-body">{_p(s)}<amp-ad type="x" width="1" height="1"></amp-ad></div></article>
<amp-list><template>{{{{title}}}}</template></amp-list><section class="related"><h2>اقرأ أيضا</h2>{_others(s, tag="p")}</section>"""
    return Page("amp", _html(head, body).encode(), (s.text,), s.title, "2022-03-17", "metadata", "درعا المثال", "ليلى المثال", "https://daraa.example/n/7", address="https://daraa.example/amp/7")  # fmt: skip


def _json_ld_only_metadata() -> Page:
    s = STORIES[8]
    data = [{"@context": "https://schema.org", "@type": ["NewsArticle"], "headline": s.title, "datePublished": "٢٠٢١", "dateCreated": "2021-01-09", "publisher": "مأرب المثال"}]  # fmt: skip
    body = f"<div class='wrapper'><h1>{s.title}</h1><div class='txt'>{_p(s)}</div></div>"
    return Page("json-ld with a damaged day", _html(f'<title>{s.title}</title><script type="application/ld+json">{json.dumps(data)}</script>', body).encode(),
        (s.text,), s.title, "2021-01-09", "metadata", "مأرب المثال")  # fmt: skip


def _endless_related() -> Page:
    s = STORIES[9]
    blocks = "".join(
        f'<div class="card"><a href="/{n}"><h3>{o.title}</h3></a><p>{o.paragraphs[0]}</p></div>'
        for n, o in enumerate(STORIES * 4)
        if o is not s
    )
    body = f"{_NAV}<div class='container'><article class='single'><h1>{s.title}</h1><div class='article-content'>{_p(s)}</div></article><section class='more-news'><h2>مواضيع ذات صلة</h2>{blocks}</section></div>{_FOOTER}"
    head = f"<title>{s.title}</title>{_meta(s.title, 'الأنبار المثال', '2020-06-01')}"
    return Page(
        "endless related articles", _html(head, body).encode(), (s.text,), s.title, "2020-06-01", "metadata", "الأنبار المثال"
    )


def _cookie_wall() -> Page:
    s = STORIES[10]
    body = f"""<div id="onetrust-consent-sdk" class="cookie-banner"><h2>نحن نقدر خصوصيتك</h2><p>نحن نستخدم ملفات تعريف الارتباط وتقنيات مشابهة لتخزين المعلومات على جهازك والوصول إليها، ولعرض إعلانات مخصصة وقياس أدائها، وبالضغط على موافق فأنت تقبل ذلك كله.</p><button>قبول الكل</button></div>
<div class="overlay" role="dialog"><p>اشترك في نشرتنا البريدية ليصلك كل جديد</p></div>{_NAV}<main><h1>{s.title}</h1><p class="date">الأربعاء ١٦ آب ٢٠٢٣</p><div class="body">{_p(s)}</div></main>{_FOOTER}"""
    return Page(
        "cookie wall, day in Arabic digits",
        _html(f"<title>{s.title}</title>", body).encode(),
        (s.text,),
        s.title,
        "2023-08-16",
        "dateline",
    )


def _mixed_direction() -> Page:
    s = STORIES[11]
    paragraphs = (
        *s.paragraphs,
        "وكتب حساب OSINT Sudan على إكس: “Shelling reported in Al-Safia, 3 houses hit” مرفقا صورا للدمار.",
    )
    marked = "".join(f'<p dir="rtl">\u200f{p}\u200f</p>' for p in paragraphs)
    body = f"<article><h1 dir='auto'>{s.title}</h1><div class='story'>{marked}</div></article>"
    return Page("mixed direction with direction marks", _html(f"<title>{s.title}</title>{_meta(time='2023-07-07T16:00:00Z')}", body).encode(),
        ("\n".join(paragraphs),), s.title, "2023-07-07", "metadata")  # fmt: skip


def _live_blog() -> Page:
    entries = "".join(
        f'<div class="live-entry" itemprop="liveBlogUpdate" itemscope itemtype="https://schema.org/BlogPosting"><time itemprop="datePublished" datetime="2024-04-0{n + 1}T1{n}:00:00Z">1{n}:00</time><h3 itemprop="headline">{s.title}</h3><div itemprop="articleBody">{_p(s)}</div></div>'
        for n, s in enumerate(STORIES[:3])
    )
    body = f"{_NAV}<main><h1>تغطية مباشرة لأحداث اليوم</h1><div class='live-blog'>{entries}</div></main>{_FOOTER}"
    text = "\n".join(f"{s.title}\n{s.text}" for s in STORIES[:3])
    return Page("live blog", _html(f"<title>تغطية مباشرة لأحداث اليوم</title>{_meta(site='قناة المثال', time='2024-04-01T10:00:00Z')}", body).encode(),
        (text,), "تغطية مباشرة لأحداث اليوم", "2024-04-01", "metadata", "قناة المثال")  # fmt: skip


def _gallery() -> Page:
    s = STORIES[1]
    figures = "".join(
        f'<figure class="gallery-item"><img src="{n}.jpg"><figcaption>صورة {n}: من آثار القصف في السوق (المثال)</figcaption></figure>'
        for n in range(1, 6)
    )
    body = f"<article><h1>{s.title}</h1><time datetime='2018-09-12'>12 سبتمبر 2018</time><div class='slideshow gallery'>{figures}</div><div class='post-text'>{_p(s)}</div></article>"
    return Page(
        "gallery with captions", _html(f"<title>{s.title}</title>", body).encode(), (s.text,), s.title, "2018-09-12", "metadata"
    )


def _line_breaks_only() -> Page:
    s = STORIES[2]
    body = f"<div id='container'><div id='news'><b>{s.title}</b><br><br>{'<br><br>'.join(s.paragraphs)}</div></div>"
    return Page("no paragraph at all", _html(f"<title>{s.title}</title>", body).encode(), (s.text,), s.title)


def _interleaved_related() -> Page:
    s = STORIES[3]
    inner = "".join(
        f"<p>{p}</p><div class='inline-related'><span>اقرأ أيضا</span><a href='/{n}'>{STORIES[n + 5].title}</a></div>"
        for n, p in enumerate(s.paragraphs)
    )
    body = f"<article itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop='headline'>{s.title}</h1><meta itemprop='datePublished' content='2020-12-30'><div itemprop='articleBody'>{inner}</div></article>"
    return Page(
        "related links between paragraphs",
        _html(f"<title>{s.title}</title>", body).encode(),
        (s.text,),
        s.title,
        "2020-12-30",
        "metadata",
    )


def _short_news() -> Page:
    s = Story(
        "عاجل: صفارات الإنذار تدوي في الجليل", ("دوت صفارات الإنذار في الجليل الأعلى بعد رصد إطلاق ستة صواريخ من جنوب لبنان.",)
    )
    body = f"{_NAV}<div class='page'><h1>{s.title}</h1><div class='meta'>2024-02-11 22:14</div><div class='content'>{_p(s)}</div><h4>الأكثر قراءة</h4><ul>{_others()}</ul></div>{_FOOTER}"
    return Page(
        "one sentence among many links",
        _html(f"<title>{s.title}</title>", body).encode(),
        (s.text,),
        s.title,
        "2024-02-11",
        "dateline",
    )


def _scripted() -> Page:
    s = STORIES[0]
    body = f"""<script>document.write('<p>قتل ألف شخص</p>')</script><noscript><p>يرجى تشغيل جافا سكريبت</p></noscript>
<article><h1>{s.title}</h1><div class="body" onclick="alert(1)">{_p(s)}<iframe src="https://x.example/e"></iframe><img src=x onerror="fetch('//x.example')"></div></article>
<script type="text/template"><p>{STORIES[4].text}</p></script><div style="display:none"><p>{STORIES[5].text}</p></div>"""
    return Page("scripts, templates and hidden text", _html(f"<title>{s.title}</title>", body).encode(), (s.text,), s.title)


def _no_day() -> Page:
    s = STORIES[7]
    body = f"<article><h1>{s.title}</h1><p class='date'>كانون الأول 2018</p><div class='body'>{_p(s)}</div></article><footer><p>© 2017 - 2024</p></footer>"
    return Page("a month is no day", _html(f"<title>{s.title}</title>", body).encode(), (s.text,), s.title, None, None)


def _future() -> Page:
    s = STORIES[8]
    body = f"<article><h1>{s.title}</h1><div class='body'>{_p(s)}</div></article>"
    return Page(
        "a day in the future",
        _html(f"<title>{s.title}</title>{_meta(time='2093-01-01T00:00:00Z')}", body).encode(),
        (s.text,),
        s.title,
    )


def _archived_copy() -> Page:
    s = STORIES[9]
    toolbar = '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base"><div id="wm-ipp">Wayback Machine <a>About this capture</a></div></div><!-- END WAYBACK TOOLBAR INSERT -->'
    head = f'<title>{s.title}</title><link rel="canonical" href="https://web.archive.org/web/20190708101112/https://anbar.example/n/9">{_meta(time="2019-07-08")}'
    body = f"{toolbar}<article><h1>{s.title}</h1><div class='b'>{_p(s)}</div></article>"
    return Page("copy of the web archive", _html(head, body).encode(), (s.text,), s.title, "2019-07-08", "metadata", canonical="https://anbar.example/n/9",
        address="https://web.archive.org/web/20190708101112/https://anbar.example/n/9")  # fmt: skip


def _english() -> Page:
    s = ENGLISH
    body = f"<nav><a>Home</a><a>World</a></nav><article><h1>{s.title}</h1><p class='byline'>Posted on May 6, 2019</p><div class='entry-content'>{_p(s)}</div></article><aside><h3>Related stories</h3><p>{STORIES[0].title}</p></aside>"
    return Page(
        "english",
        _html(f"<title>{s.title}</title>", body, "en").encode(),
        (s.text,),
        s.title,
        "2019-05-06",
        "dateline",
        language="en",
    )


def _of_language(name: str, story: Story, code: str) -> Page:
    body = f"<article><h1>{story.title}</h1><div class='entry-content'>{_p(story)}</div></article>"
    return Page(
        name,
        _html(f"<title>{story.title}</title>{_meta(time='2023-03-03')}", body, code).encode(),
        (story.text,),
        story.title,
        "2023-03-03",
        "metadata",
        language=code,
    )


def _channel_page() -> Page:
    s = STORIES[4]
    more = "".join(
        f"<li class='list-{n}'><span class='screen-reader-text'>list {n} of 3</span><a href='/{n}'>{o.title}</a></li>"
        for n, o in enumerate(STORIES[:3], 1)
    )
    body = f"""{_NAV}<main id="main-content-area" class="l-col--8"><article><header class="article-header"><h1>{s.title}</h1><p class="article__subhead css-1">{s.title} في حصيلة أولية</p></header>
<div class="article-info-block"><div class="article-dates"><div class="date-simple"><span class="screen-reader-text">Published On 2 Nov 2023</span><span aria-hidden="true">2/11/2023</span></div></div><div class="article-b-l"><div class="article-author-name-item">الشبكة المثال</div></div></div>
<div class="wysiwyg wysiwyg--all-content css-2" aria-live="polite"><p>{s.paragraphs[0]}</p><div class="more-on"><h3 class="more-on__heading">اقرأ أيضا</h3><ul class="more-on__list">{more}</ul><span class="screen-reader-text">end of list</span></div>
<p>{s.paragraphs[1]}</p><p>{s.paragraphs[2]}</p><div class="article-source"><span>المصدر</span> : <span class="article-source">وكالات</span></div></div></article></main>{_FOOTER}"""
    return Page(
        "channel with subhead and lists",
        _html(f"<title>{s.title} | الشبكة المثال</title>{_meta(s.title, 'الشبكة المثال')}", body).encode(),
        (f"{s.title} في حصيلة أولية\n{s.text}",),
        s.title,
        "2023-11-02",
        "dateline",
        "الشبكة المثال",
    )


def _broadcaster_page() -> Page:
    s = STORIES[8]
    body = f"""<div id="root"><header role="banner"><nav><ul><li><a>الرئيسية</a></li></ul></nav></header><main role="main"><div class="bbc-1"><h1 id="content" tabindex="-1">{s.title}</h1></div>
<figure><div><img alt="طائرة"></div><p class="bbc-2"><span class="visually-hidden">صدر الصورة، </span>وكالة</p><figcaption><span class="visually-hidden">التعليق على الصورة، </span>صورة أرشيفية لطائرة مسيرة في مأرب</figcaption></figure>
<div dir="rtl" class="bbc-3"><p class="bbc-4"><b>{s.paragraphs[0]}</b></p></div><div dir="rtl" class="bbc-3"><p class="bbc-4">{s.paragraphs[1]}</p></div>
<section role="region" aria-labelledby="podcast"><h2 id="podcast">يستحق الانتباه</h2><a href="#end" class="skip">تخطى البودكاست وواصل القراءة</a><p><a>بودكاست المثال: حكايات من اليمن</a></p><p id="end">البودكاست نهاية</p></section>
<div dir="rtl" class="bbc-3"><p class="bbc-4">{s.paragraphs[2]}</p></div></main><section aria-labelledby="related"><h2 id="related">مواضيع ذات صلة</h2><ul>{_others(s)}</ul></section></div>"""
    data = {
        "@context": "http://schema.org",
        "@type": "ReportageNewsArticle",
        "headline": s.title,
        "datePublished": "2021-01-09T11:00:00.000Z",
        "publisher": {"@type": "NewsMediaOrganization", "name": "المثال عربي"},
    }
    return Page(
        "broadcaster with sections between",
        _html(
            f'<title>{s.title} - المثال عربي</title><script type="application/ld+json">{json.dumps(data)}</script>', body
        ).encode(),
        (s.text,),
        s.title,
        "2021-01-09",
        "metadata",
        "المثال عربي",
    )


def _two_calendars() -> Page:
    s = STORIES[11]
    body = f"""{_NAV}<div class="layout-content"><div class="node--type-article"><h1>{s.title}</h1><div class="node-date">نُشر: 16:15-7 يوليو 2023 م ـ 19 ذو الحِجّة 1444 هـ</div><div class="tools"><span>T</span><span>T</span></div>
<div class="field field--name-body">{_p(s)}</div></div></div>{_FOOTER}"""
    return Page(
        "both calendars in a line",
        _html(f"<title>{s.title}</title>", body).encode(),
        (s.text,),
        s.title,
        "2023-07-07",
        "dateline",
    )


def _agency_page() -> Page:
    s = STORIES[3]
    first = f"طرابلس (المثال) - {s.paragraphs[0]}"
    body = f"""<div class="StandardArticle"><div class="ArticleHeader"><div class="ArticleHeader_date">October 27, 2021 / 8:30 AM / Updated 2 days ago</div><h1 class="ArticleHeader_headline">{s.title}</h1></div>
<div class="StandardArticleBody_body"><div class="BylineBar_container"><p class="Byline_byline">من محرري الشؤون الليبية</p><p>2 Min Read</p></div><p>{first}</p><p>{s.paragraphs[1]}</p><p>{s.paragraphs[2]}</p>
<div class="Attribution_container"><p class="Attribution_content">(إعداد هدى للنشرة العربية - تحرير سالم)</p></div><div class="StandardArticleBody_trustBadgeContainer"><span>معاييرنا:</span><a>مبادئ المثال</a></div></div></div>"""
    text = "\n".join((first, *s.paragraphs[1:], "(إعداد هدى للنشرة العربية - تحرير سالم)"))
    return Page(
        "agency with a byline and editors",
        _html(f"<title>{s.title} | المثال</title>{_meta(s.title, 'المثال', '2021-10-27T06:30:00Z')}", body).encode(),
        (text,),
        s.title,
        "2021-10-27",
        "metadata",
        "المثال",
    )


def _translated_service() -> Page:
    s = STORIES[7]
    body = f"""<article class="t-content article-sub"><h1 class="t-content__title">{s.title}</h1><p class="t-content__chapo">{s.paragraphs[0]}</p>
<div class="t-content__dates"><span class="m-pub-dates">نشرت في: 17/03/2022 - 16:00</span> <span>آخر تحديث: 17/03/2022 - 16:10</span></div><div class="m-from-author">إعداد: المثال24</div><div>2 دقائق</div>
<div class="t-content__body u-clearfix"><p>{s.paragraphs[1]}</p><div class="o-self-promo"><p>تابعوا قناتنا على يوتيوب</p></div><p>{s.paragraphs[2]}</p></div>
<div class="m-newsletter"><p>الرسائل الإخبارية: كل المستجدات مباشرة في بريدك</p><button>الاشتراك</button></div></article>"""
    return Page(
        "lead apart from the body",
        _html(f"<title>{s.title}</title>", body).encode(),
        (s.text,),
        s.title,
        "2022-03-17",
        "dateline",
    )


def _comments_without_marks() -> Page:
    s = STORIES[2]
    body = f"""<div class="wrap has-sidebar"><div class="c1"><h1>{s.title}</h1><div class="c2">{_p(s)}</div>
<h3>التعليقات (2)</h3><div><b>قارئ</b> قتل في حينا أيضا خمسة بانفجار آخر ولم تذكروهم في الخبر.</div><div><b>قارئة</b> الله يرحمهم جميعا ويشفي الجرحى.</div></div></div>"""
    return Page("comments without marks", _html(f"<title>{s.title}</title>", body).encode(), (s.text,), s.title)


def _post_shown_in_a_report() -> Page:
    s = STORIES[9]
    post = "<div class='tweet'><article data-testid='tweet'><div data-testid='User-Name'><span>x</span></div><div data-testid='tweetText'>منشور آخر</div></article></div>"
    body = f"<article><h1>{s.title}</h1><div class='entry-content'><p>{s.paragraphs[0]}</p>{post}<p>{s.paragraphs[1]}</p></div></article>"
    return Page(
        "post shown in a report",
        _html(f"<title>{s.title}</title>{_meta(s.title, 'الأنبار المثال', '2020-06-01')}", body).encode(),
        (s.text,),
        s.title,
        "2020-06-01",
        "metadata",
        "الأنبار المثال",
    )


def _no_marks_at_all() -> Page:
    s = STORIES[10]
    links = "".join(f"<div><a href='/{n}'>{o.title}</a></div>" for n, o in enumerate(STORIES) if o is not s)
    body = f"<div><div><a>الرئيسية</a> <a>أخبار</a></div><div><div>{s.title}</div><div>الخميس 17 آب 2023 - 09:00</div>{''.join(f'<div>{p}</div>' for p in s.paragraphs)}</div><div>{links}</div></div>"
    return Page(
        "nothing but divs", _html(f"<title>{s.title}</title>", body).encode(), (s.text,), s.title, "2023-08-17", "dateline"
    )


def _telegram_message() -> Page:
    s = STORIES[6]
    head = f"<title>Telegram: View @mithal</title><meta property='og:title' content='شبكة المثال'><meta property='og:site_name' content='Telegram'><meta property='og:description' content='{s.text}'><link rel='canonical' href='https://t.me/mithal/12?embed=1'>"
    body = "<div class='tgme_page'><div class='tgme_page_widget'><script async src='widget.js'></script></div><a>View in Telegram</a></div>"
    return Page(
        "telegram page of a message",
        _html(head, body, "en").encode(),
        (s.text,),
        "",
        None,
        None,
        "شبكة المثال",
        None,
        "https://t.me/mithal/12",
        address="https://t.me/mithal/12",
    )


def _telegram_client_k() -> Page:
    messages = "".join(
        f"""<div class="bubble channel-post" data-mid="{n}" data-peer-id="-1001" data-timestamp="{1704478930 + n * 86400}"><div class="bubble-content"><div class="message spoilers-container" dir="auto"><div class="reply"><div class="reply-subtitle">رسالة قديمة</div></div><span class="translatable-message">{"<br>".join(s.paragraphs)}</span><reactions-element class="reactions">👍 12</reactions-element><span class="time tgico"><span>18:22</span></span></div></div></div>"""
        for n, s in enumerate(STORIES[:2])
    )
    body = f"<div id='column-left'><div class='chatlist'><p class='dialog-subtitle'>{STORIES[5].paragraphs[0]}</p></div></div><div id='column-center'><div class='chat-info'><span class='peer-title'>شبكة المثال</span></div><div class='bubbles'>{messages}</div></div>"
    return Page(
        "telegram in the browser",
        _html("<title>Telegram Web</title>", body, "en").encode(),
        tuple(s.text for s in STORIES[:2]),
        "",
        "2024-01-05",
        "metadata",
        "شبكة المثال",
        address="https://web.telegram.org/k/#@mithal",
    )


def _telegram_client_a() -> Page:
    messages = "".join(
        f"""<div id="message-{n}" class="Message message-list-item" data-message-id="{n}"><div class="message-content"><div class="content-inner"><div class="message-title"><span class="sender-title">شبكة المثال</span></div><div class="text-content clearfix" dir="auto">{"<br>".join(s.paragraphs)}<span class="MessageMeta"><span class="message-time" title="{n + 4} May 2024, 22:10:05">22:10</span></span></div></div></div></div>"""
        for n, s in enumerate(STORIES[:2])
    )
    return Page(
        "telegram in the browser, version a",
        _html("<title>Telegram</title>", f"<div id='Main'>{messages}</div>", "en").encode(),
        tuple(s.text for s in STORIES[:2]),
        "",
        "2024-05-04",
        "metadata",
        "شبكة المثال",
        address="https://web.telegram.org/a/#-1001",
    )


def _telegram_preview() -> Page:
    def message(number: int, text: str, day: str) -> str:
        return f"""<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="mithal/{number}"><div class="tgme_widget_message_bubble">
<div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name"><span dir="auto">شبكة المثال</span></a></div>
<a class="tgme_widget_message_reply"><div class="tgme_widget_message_text js-message_reply_text">رسالة قديمة يرد عليها</div></a>
<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>
<div class="tgme_widget_message_footer"><div class="tgme_widget_message_reactions"><span>❤ 41</span></div><div class="tgme_widget_message_info"><span class="tgme_widget_message_views">12.3K</span>
<span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="https://t.me/mithal/{number}"><time datetime="{day}T18:22:10+00:00">18:22</time></a></span></div></div></div></div></div>"""

    first, second = STORIES[0], STORIES[6]
    pictures = '<div class="tgme_widget_message_wrap"><div class="tgme_widget_message" data-post="mithal/13"><div class="tgme_widget_message_photo"></div></div></div>'
    body = f'<main class="tgme_main"><div class="tgme_channel_info"><div class="tgme_channel_info_description">أخبار حماة أولا بأول</div></div><section class="tgme_channel_history">{message(11, "<br/><br/>".join(first.paragraphs), "2024-01-05")}{message(12, "<b>عاجل</b> | " + second.paragraphs[0] + "<br/>" + second.paragraphs[1], "2024-01-06")}{pictures}</section></main>'
    head = "<title>شبكة المثال – Telegram</title><meta property='og:title' content='شبكة المثال'><meta property='og:site_name' content='Telegram'>"
    return Page("telegram web preview", _html(head, body).encode(), (first.text, f"عاجل | {second.text}"), "", "2024-01-05", "metadata", "شبكة المثال", None,
        "https://t.me/mithal/11", address="https://t.me/s/mithal")  # fmt: skip


def _facebook_mobile() -> Page:
    s = STORIES[3]
    text = "".join(f"<p>{p}</p>" for p in s.paragraphs)
    body = f"""<div id="root"><div id="header"><a>فيسبوك</a><a>تسجيل الدخول</a><a>إنشاء حساب جديد</a></div><div id="m_story_permalink_view"><div class="dw dx" data-ft="{{}}"><div><header><h3><strong><a href="/zawiya">أخبار الزاوية المثال</a></strong></h3>
<div><abbr>27 أكتوبر 2021، الساعة 10:05 ص</abbr> · <a>العامة</a></div></header><div class="story_body_container"><div style="" data-ft="{{}}"><span>{text}</span></div></div></div>
<div><a>أعجبني</a> · <a>تفاعل</a> · <a>تعليق</a> · <a>مشاركة</a></div></div>
<div id="ufi_1"><div>٤٥ شخصاً</div><div id="123"><div><h3><a>أبو محمد</a></h3><div>الله يرحمهم، قتل ابن عمي في نفس القصف</div><div><a>أعجبني</a> · <a>رد</a> · <abbr>منذ 3 ساعات</abbr></div></div></div></div></div></div>"""
    return Page("facebook for phones", _html("<title>أخبار الزاوية المثال - فيسبوك</title>", body).encode(), (s.text,), "", "2021-10-27", "metadata", "أخبار الزاوية المثال",
        address="https://m.facebook.com/story.php?story_fbid=1&id=2")  # fmt: skip


def _facebook_desktop() -> Page:
    s = STORIES[11]
    spans = "".join(f'<div dir="auto" style="text-align: start;">{p}</div>' for p in s.paragraphs)
    body = f"""<div class="x9f619"><div role="banner"><a aria-label="Facebook"></a><span>Log in</span></div><div role="main"><div role="article" aria-posinset="1"><h2><span><a role="link" href="/khartoum"><strong>لجان أحياء بحري المثال</strong></a></span></h2>
<span><a role="link"><span>2d</span></a></span><div data-ad-comet-preview="message" data-ad-preview="message"><div class="xdj266r x11i5rnm"><span dir="auto">{spans}</span></div></div>
<div><span>1.2K</span><span>87 comments</span><span>54 shares</span></div><div><span>Like</span><span>Comment</span><span>Share</span></div>
<div role="article" aria-label="Comment by Ahmed"><span>أحمد</span><div dir="auto">وسقطت قذيفة على بيتنا أيضا وقتل أخي</div><span>Like</span><span>Reply</span><span>1d</span></div></div></div></div>"""
    return Page("facebook for desktops", _html("<title>Facebook</title>", body, "en").encode(), (s.text,), "", None, None, "لجان أحياء بحري المثال",
        address="https://www.facebook.com/khartoum/posts/1")  # fmt: skip


def _x_page() -> Page:
    s = STORIES[10]

    def tweet(name: str, handle: str, text: str, time: str, focal: bool = False) -> str:
        shown = f'<a href="/{handle}/status/9"><time datetime="{time}">7:10 PM · Aug 16, 2023</time></a>'
        return f"""<article data-testid="tweet" tabindex="{-1 if focal else 0}"><div data-testid="User-Name"><span>{name}</span><span>@{handle}</span></div><div data-testid="tweetText" dir="rtl" lang="ar"><span>{text}</span></div>{shown}
<div role="group"><span>34</span><span>120</span><span>1.1K</span></div></article>"""

    body = f"""<div id="react-root"><header role="banner"><nav><a>Home</a><a>Explore</a></nav></header><main role="main"><section role="region">
{tweet("مراسل الساحل", "sahel_ex", chr(10).join(s.paragraphs), "2023-08-16T16:10:00.000Z", True)}
{tweet("قارئ", "reader1", "في قريتنا أيضا قتل ثلاثون شخصا", "2023-08-16T17:00:00.000Z")}</section></main><aside><h2>What’s happening</h2><span>Trending</span></aside></div>"""
    head = "<title>مراسل الساحل on X: &quot;...&quot; / X</title><link rel='canonical' href='https://x.com/sahel_ex/status/9'>"
    return Page("x with replies", _html(head, body, "en").encode(), (s.text,), "", "2023-08-16", "metadata", "مراسل الساحل", None, "https://x.com/sahel_ex/status/9",
        address="https://x.com/sahel_ex/status/9")  # fmt: skip


def _described(name: str, site: str, title: str, description: str, url: str, text: str, day: str | None, publisher: str) -> Page:
    head = f"<title>{site}</title><meta property='og:site_name' content='{site}'><meta property='og:title' content='{title}'><meta property='og:url' content='{url}'><meta property='og:description' content='{description}'>"
    return Page(
        name,
        _html(head, "<div><a>Log in</a></div>", "en").encode(),
        (text,),
        "",
        day,
        "metadata" if day else None,
        publisher,
        canonical=url,
        address=url,
    )


def _instagram_described() -> Page:
    s = STORIES[4]
    told = f"1,234 likes, 56 comments - gaza_ex on November 2, 2023: &quot;{s.text}&quot;. "
    return _described(
        "instagram without scripts",
        "Instagram",
        "غزة المثال on Instagram: x",
        told,
        "https://www.instagram.com/p/abc/",
        s.text,
        "2023-11-02",
        "gaza_ex",
    )


def _x_described() -> Page:
    s = STORIES[10]
    return _described(
        "x without scripts",
        "X (formerly Twitter)",
        "مراسل الساحل (@sahel_ex) on X",
        f"“{s.text}”",
        "https://x.com/sahel_ex/status/9",
        s.text,
        None,
        "مراسل الساحل",
    )


def _facebook_described() -> Page:
    s = STORIES[11]
    return _described(
        "facebook without scripts",
        "Facebook",
        "لجان أحياء بحري المثال - منشور",
        s.text,
        "https://www.facebook.com/khartoum/posts/1",
        s.text,
        None,
        "لجان أحياء بحري المثال",
    )


def _x_account() -> Page:
    tweets = "".join(
        f"""<div><article data-testid="tweet" tabindex="0"><div data-testid="User-Name"><span>مراسل الساحل</span></div><div data-testid="tweetText"><span>{s.paragraphs[0]}</span></div><a href="/sahel_ex/status/{n}"><time datetime="2023-08-1{n}T16:10:00.000Z">Aug 1{n}</time></a></article></div>"""
        for n, s in enumerate(STORIES[:3])
    )
    body = f"<main><h2>مراسل الساحل</h2><span>12.3K posts</span>{tweets}</main>"
    return Page("x account", _html("<title>مراسل الساحل (@sahel_ex) / X</title>", body, "en").encode(), tuple(s.paragraphs[0] for s in STORIES[:3]), "", "2023-08-10", "metadata", "مراسل الساحل", None,
        "https://x.com/sahel_ex/status/0", address="https://x.com/sahel_ex")  # fmt: skip


def _facebook_account() -> Page:
    posts = "".join(
        f"""<div role="article"><h2><a><strong>لجان أحياء بحري المثال</strong></a></h2><div data-ad-preview="message"><div data-ad-comet-preview="message"><div dir="auto">{s.paragraphs[0]}</div></div></div><div><span>Like</span></div>
<div role="article" aria-label="Comment"><span>أحمد</span><div dir="auto">وسقطت قذيفة على بيتنا أيضا</div></div></div>"""
        for s in STORIES[:2]
    )
    return Page("facebook account", _html("<title>Facebook</title>", f"<div role='main'>{posts}</div>", "en").encode(), tuple(s.paragraphs[0] for s in STORIES[:2]), "", None, None, "لجان أحياء بحري المثال",
        address="https://www.facebook.com/khartoum")  # fmt: skip


def _instagram() -> Page:
    s = STORIES[4]
    caption = "<br>".join(s.paragraphs)
    body = f"""<main role="main"><article role="presentation"><header><a href="/gaza_ex/"><span>gaza_ex</span></a><button>Follow</button></header><ul><div role="button"><li><div><h2><a href="/gaza_ex/">gaza_ex</a></h2><div><h1 dir="auto">{caption}</h1></div><time datetime="2023-11-02T08:00:00.000Z">2w</time></div></li></div>
<ul><li><h3><a>someone_1</a></h3><span>قتل جارنا أيضا الله يرحمه</span><time datetime="2023-11-02T09:00:00.000Z">1w</time><button>Reply</button></li></ul></ul><section><span>1,234 likes</span></section></article></main>"""
    return Page("instagram caption", _html("<title>Instagram</title><meta property='og:site_name' content='Instagram'>", body, "en").encode(), (s.text,), "", "2023-11-02", "metadata", "gaza_ex",
        address="https://www.instagram.com/p/abc/")  # fmt: skip


PAGES = (
    _wordpress(), _wordpress_builder(), _drupal(), _joomla(), _blogger(), _asp(), _asp_undeclared(), _amp(), _json_ld_only_metadata(), _endless_related(),
    _cookie_wall(), _mixed_direction(), _live_blog(), _gallery(), _line_breaks_only(), _interleaved_related(), _short_news(), _scripted(), _no_day(), _future(),
    _archived_copy(), _english(), _of_language("turkish", TURKISH, "tr"), _of_language("persian", PERSIAN, "fa"), _of_language("central kurdish", KURDISH, "ckb"),
    _channel_page(), _broadcaster_page(), _two_calendars(), _agency_page(), _translated_service(),
    _telegram_preview(), _telegram_client_k(), _telegram_client_a(), _telegram_message(), _comments_without_marks(), _no_marks_at_all(), _post_shown_in_a_report(), _facebook_mobile(), _facebook_desktop(), _x_page(), _x_account(), _instagram_described(), _x_described(), _facebook_described(), _facebook_account(), _instagram(),
)  # fmt: skip
