"""What the fields of English web forms are called, and what each holds."""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What a field of a form holds."""

    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    WHAT_HAPPENED = "what_happened"
    WHAT_WOULD_PUT_IT_RIGHT = "what_would_put_it_right"
    PREFERRED_CONTACT = "preferred_contact"
    OTHER = "other"
    """Known to be a label, so that what stands below it is not taken for part of the field above."""


_USUAL: Mapping[Kind, str] = {
    Kind.NAME: (
        "name; your name; full name; your full name; name of complainant; complainant; contact name; customer "
        "name; tenant name; resident name; tenant; resident; submitted by; title and name; complainant name; "
        "name of resident; name of tenant; tenants name; residents name"
    ),
    Kind.FIRST_NAME: "first name; first names; forename; forenames; given name; first",
    Kind.LAST_NAME: "last name; surname; family name; last",
    Kind.EMAIL: (
        "email; e mail; email address; e mail address; your email; your email address; contact email; your e "
        "mail; your e mail address; reply to; mail"
    ),
    Kind.PHONE: (
        "phone; telephone; mobile; tel; phone number; telephone number; mobile number; your phone; contact "
        "number; contact telephone number; contact phone number; your phone number; mobile phone; daytime "
        "phone; daytime telephone number; home phone; your telephone number; tel no; phone no"
    ),
    Kind.ADDRESS: (
        "address; your address; home address; full address; postal address; property address; property; "
        "address of property; your home address; tenancy address; address line 1; address line 2; address "
        "line 3; street address; street; town; city; town city; county; postcode; post code; your postcode; "
        "zip; house number; house name or number; flat number; address of the property"
    ),
    Kind.WHAT_HAPPENED: (
        "what happened; what has happened; what went wrong; what has gone wrong; tell us what happened; "
        "complaint; your complaint; details; details of complaint; details of your complaint; message; "
        "complaint details; your message; comments; your comments; comment; description; enquiry; your "
        "enquiry; enquiry details; details of enquiry; query; your query; issue; problem; description of "
        "problem; describe the problem; describe your problem; describe the issue; describe your complaint; "
        "description of complaint; nature of complaint; nature of your complaint; tell us what went wrong; "
        "tell us about your complaint; tell us about it; tell us more; feedback; give details; give details "
        "of your complaint; details of the complaint; details of the problem; what is your complaint; what is "
        "your complaint about; your feedback; report; explain; what is the problem; what is wrong; how can we "
        "help; how can we help you; reason for complaint; reason for contact; further details; further "
        "information; additional information; more details; outline your complaint; explain your complaint; "
        "explain what happened; your complaint details"
    ),
    Kind.WHAT_WOULD_PUT_IT_RIGHT: (
        "what would put it right; what would put things right; how can we put it right; outcome sought; how "
        "can we put things right; how can we put this right; what would you like us to do; outcome; what "
        "would you like to happen; what would you like to happen next; what outcome would you like; desired "
        "outcome; preferred outcome; what do you want us to do; what outcome are you seeking; what outcome do "
        "you want; how would you like us to put it right; how would you like us to resolve this; how would "
        "you like us to put things right; how would you like this resolved; desired resolution; how would you "
        "like us to resolve your complaint; resolution; resolution sought; remedy sought; what would you like "
        "us to do to put it right; what would you like us to do to put things right; what do you think we "
        "should do to put things right; what do you want to happen; what should we do; what would resolve "
        "your complaint; how should we put it right; how should we put things right; how can we resolve this; "
        "how can we resolve your complaint; outcome you would like"
    ),
    Kind.PREFERRED_CONTACT: (
        "preferred contact; preferred contact method; preferred method of contact; contact preference; how "
        "would you like us to contact you; how should we contact you; best way to contact you; preferred way "
        "to be contacted; how would you prefer to be contacted; contact method; how would you like to be "
        "contacted; how do you want us to contact you; best time to contact you"
    ),
    Kind.OTHER: (
        "title; date; time; date time; submitted; submitted on; date submitted; submission date; submission "
        "id; entry id; entry; form; form name; page; page url; url; ip; ip address; remote ip; user agent; "
        "user ip; referer; referrer; source; sent from ip address; user; tenancy reference; tenancy number; "
        "tenancy ref; reference; reference number; rent reference; date of birth; consent; privacy; privacy "
        "notice; i agree; declaration; attachments; files; upload; file upload; photos; category; type; type "
        "of complaint; type of enquiry; subject; complaint type; service area; department; team; ward; "
        "estate; date of incident; when did it happen; when did this happen; date it happened; data "
        "protection; signature; are you a tenant; are you a; relationship to tenant; have you contacted us "
        "before; created; coming from referer; using user agent; sent from; completion time; start time; "
        "unique id"
    ),
}
USUAL: Mapping[str, Kind] = {label: kind for kind, known in _USUAL.items() for label in known.split("; ")}
"""The labels that forms usually have, as web_form.plain() writes them."""
