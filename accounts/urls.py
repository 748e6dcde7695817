"""Routes of accounts: signing in, one's own page, and the administrators' pages about people."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts.views import absences, lookup, passwords, people, personal, rosters, signing_in, structure, teams

app_name = "accounts"

urlpatterns = [
    path("login/", signing_in.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("demo/", signing_in.demo_sign_in, name="demo_sign_in"),
    path("forgotten/", passwords.forgotten, name="forgotten"),
    path("forgotten/sent/", passwords.reset_requested, name="reset_requested"),
    path("reset/<str:uidb64>/<str:token>/", passwords.ResetPassword.as_view(), name="reset_password"),
    path("invitation/<str:uidb64>/<str:token>/", passwords.AcceptInvitation.as_view(), name="accept_invitation"),
    path("", personal.profile, name="profile"),
    path("security/", passwords.change, name="security"),
    path("security/sessions/end/", personal.end_other_sessions, name="end_other_sessions"),
    path("security/sessions/<slug:handle>/end/", personal.end_session, name="end_session"),
    path("tokens/", personal.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", personal.revoke_token, name="revoke_token"),
    path("absence/", absences.absence, name="absence"),
    path("absence/<int:pk>/end/", absences.end_absence, name="end_absence"),
    path("lookup/", lookup.lookup, name="lookup"),
    path("people/", people.person_list, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<int:pk>/", people.person_page, name="person"),
    path("people/<int:pk>/roles/", people.set_roles, name="set_roles"),
    path("people/<int:pk>/teams/", people.join_team, name="join_team"),
    path("people/<int:pk>/teams/<int:team>/leave/", people.leave_team, name="leave_team"),
    path("people/<int:pk>/active/", people.set_active, name="set_active"),
    path("people/<int:pk>/invite/", people.invite, name="invite"),
    path("teams/", teams.team_list, name="teams"),
    path("teams/new/", teams.new_team, name="new_team"),
    path("teams/<int:pk>/", teams.team_page, name="team"),
    path("teams/<int:pk>/members/", teams.add_member, name="add_member"),
    path("teams/<int:pk>/members/<int:user>/remove/", teams.remove_member, name="remove_member"),
    path("rosters/", rosters.roster_list, name="rosters"),
    path("rosters/new/", rosters.new_roster, name="new_roster"),
    path("rosters/<int:pk>/", rosters.roster_page, name="roster"),
    path("rosters/<int:pk>/members/", rosters.join_roster, name="join_roster"),
    path("rosters/<int:pk>/members/<int:user>/", rosters.change_member, name="change_member"),
    path("rosters/<int:pk>/take-over/", rosters.take_over, name="take_over"),
    path("rosters/overrides/<int:pk>/give-back/", rosters.give_back, name="give_back"),
    path("organisations/", structure.organisation_list, name="organisations"),
    path("organisations/new/", structure.organisation_page, name="new_organisation"),
    path("organisations/<int:pk>/", structure.organisation_page, name="organisation"),
    path("departments/", structure.department_list, name="departments"),
    path("departments/new/", structure.department_page, name="new_department"),
    path("departments/<int:pk>/", structure.department_page, name="department"),
]
